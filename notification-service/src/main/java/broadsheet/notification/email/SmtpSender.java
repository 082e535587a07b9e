package broadsheet.notification.email;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import broadsheet.notification.channel.DeliveryOutcome;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Sends mails on threads of its own, as many as connections, each over a connection that is kept for the next mail. A mail
 * waits for a thread; where too many wait, it fails.
 */
@Component
class SmtpSender implements DisposableBean {

    private static final int MAX_WAITING = 10_000;
    private static final Duration TIME_LIMIT = Duration.ofSeconds(100);
    private static final Duration KEPT_FOR = Duration.ofSeconds(10);
    private static final Duration SURE_TO_BE_OPEN = Duration.ofSeconds(2);

    private final MailServer server;
    private final Scheduler threads;
    private final ConcurrentLinkedDeque<SmtpConnection> idle = new ConcurrentLinkedDeque<>();

    SmtpSender(EmailProperties settings) {
        this.server = new MailServer(settings);
        this.threads = Schedulers.newBoundedElastic(
                settings.connections(), MAX_WAITING / settings.connections(), "notification-smtp", 60, true);
        if (settings.unavailable().isEmpty()) {
            threads.schedulePeriodically(this::closeUnused, KEPT_FOR.toMillis(), KEPT_FOR.toMillis(), MILLISECONDS);
        }
    }

    /** Writes the mail and sends it to its recipient. */
    Mono<DeliveryOutcome> send(EmailWriter mail) {
        return Mono.fromCallable(() -> write(mail))
                .subscribeOn(threads)
                .timeout(TIME_LIMIT)
                .onErrorResume(
                        TimeoutException.class,
                        e -> Mono.just(SmtpOutcome.failed(null, "The mail server took longer than " + TIME_LIMIT)))
                .onErrorResume(
                        RejectedExecutionException.class,
                        e -> Mono.just(SmtpOutcome.failed(null, "Too many mails wait for the mail server")));
    }

    @Override
    public void destroy() {
        threads.dispose();
        idle.forEach(SmtpConnection::close);
        server.close();
    }

    private DeliveryOutcome write(EmailWriter mail) {
        try {
            deliver(mail.write(server.getSession()));
            return SmtpOutcome.DELIVERED;
        } catch (MessagingException e) {
            return SmtpOutcome.of(e);
        }
    }

    private void deliver(MimeMessage message) throws MessagingException {
        SmtpConnection kept = kept();
        if (kept != null) {
            try {
                deliver(message, kept);
                return;
            } catch (MessagingException e) {
                if (!kept.wasClosedBefore(e)) {
                    throw e;
                }
            }
        }
        deliver(message, server.connect());
    }

    private void deliver(MimeMessage message, SmtpConnection connection) throws MessagingException {
        try {
            connection.send(message);
            idle.push(connection);
        } catch (MessagingException e) {
            keepIfOpen(connection);
            throw e;
        }
    }

    private @Nullable SmtpConnection kept() {
        SmtpConnection kept = idle.poll();
        while (kept != null && kept.nanosIdle() > SURE_TO_BE_OPEN.toNanos() && !kept.isOpen()) {
            kept.close();
            kept = idle.poll();
        }
        return kept;
    }

    private void keepIfOpen(SmtpConnection connection) {
        if (connection.isOpen()) {
            idle.push(connection);
        } else {
            connection.close();
        }
    }

    /** From the end, where those are that were not used for longest. */
    private void closeUnused() {
        SmtpConnection oldest = idle.peekLast();
        while (oldest != null && oldest.nanosIdle() > KEPT_FOR.toNanos() && idle.remove(oldest)) {
            oldest.close();
            oldest = idle.peekLast();
        }
    }

    /** Writes a mail whose headers are complete. */
    interface EmailWriter {
        MimeMessage write(Session session) throws MessagingException;
    }
}
