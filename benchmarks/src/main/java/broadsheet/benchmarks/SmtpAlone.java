package broadsheet.benchmarks;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.eclipse.angus.mail.util.MailStreamProvider;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.mail.javamail.MimeMessageHelper;

/** How fast mails like an alert are written and sent over as many connections as the service has, and nothing else. */
final class SmtpAlone {

    private static final int CONNECTIONS = 8;
    private static final int TOGETHER = 100;
    private static final int WARM_UP = 20_000;
    private static final int MEASURED = 40_000;

    private SmtpAlone() {}

    static double mailsPerSecond(MailSink sink) throws Exception {
        System.setProperty(
                "jakarta.mail.util.StreamProvider", MailStreamProvider.class.getName()); // as the service does
        var server = new JavaMailSenderImpl();
        server.setHost("127.0.0.1");
        server.setPort(sink.port());
        ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
        try {
            send(server, threads, WARM_UP);
            long start = System.nanoTime();
            send(server, threads, MEASURED);
            return MEASURED / ((System.nanoTime() - start) / 1e9);
        } finally {
            threads.shutdown();
        }
    }

    private static void send(JavaMailSenderImpl server, ExecutorService threads, int mails) throws Exception {
        var batches = new ArrayList<Callable<Void>>();
        for (int from = 0; from < mails; from += TOGETHER) {
            int first = from;
            batches.add(() -> {
                server.send(IntStream.range(first, first + TOGETHER)
                        .mapToObj(number -> mail(server, number))
                        .toArray(MimeMessage[]::new));
                return null;
            });
        }
        for (var batch : threads.invokeAll(batches)) {
            batch.get();
        }
    }

    private static MimeMessage mail(JavaMailSenderImpl server, int number) {
        try {
            var mail =
                    new MimeMessageHelper(server.createMimeMessage(), MimeMessageHelper.MULTIPART_MODE_MIXED, "UTF-8");
            mail.setFrom("news@news.example");
            mail.setTo("reader%06d@example.org".formatted(number));
            mail.setSubject("Strengthen communication and promote development together");
            mail.setText("What was said, what was shown. ".repeat(20), "<p>What was said.</p>".repeat(60));
            return mail.getMimeMessage();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }
}
