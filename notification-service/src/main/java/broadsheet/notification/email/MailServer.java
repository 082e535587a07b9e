package broadsheet.notification.email;

import jakarta.mail.MessagingException;
import java.util.Properties;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.eclipse.angus.mail.util.MailStreamProvider;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** The mail server as the settings name it. */
final class MailServer extends JavaMailSenderImpl implements AutoCloseable {

    static {
        // otherwise Jakarta Mail looks through all jars for it, several times a mail, which takes half of the time of a
        // mail
        String provider = "jakarta.mail.util.StreamProvider";
        System.setProperty(provider, System.getProperty(provider, MailStreamProvider.class.getName()));
    }

    private final ScheduledExecutorService writeLimits;

    MailServer(EmailProperties settings) {
        this.writeLimits = writeLimits(settings);
        setHost(settings.host());
        setPort(settings.port());
        if (!settings.username().isBlank()) {
            setUsername(settings.username());
            setPassword(settings.password());
        }
        Properties properties = properties(settings);
        properties.put("mail.smtp.executor.writetimeout", writeLimits);
        setJavaMailProperties(properties);
    }

    SmtpConnection connect() throws MessagingException {
        return new SmtpConnection(connectTransport());
    }

    @Override
    public void close() {
        writeLimits.shutdownNow();
    }

    /**
     * Ends writes that take too long. Each write adds a task and removes it again: it would wake a thread for that, were its
     * task ever the first, so there is always an earlier one.
     */
    @SuppressWarnings("FutureReturnValueIgnored") // a task that does nothing cannot fail
    private static ScheduledExecutorService writeLimits(EmailProperties settings) {
        var executor = new ScheduledThreadPoolExecutor(settings.connections(), task -> {
            var thread = new Thread(task, "notification-smtp-limits");
            thread.setDaemon(true);
            return thread;
        });
        executor.setRemoveOnCancelPolicy(true);
        long earlier = settings.timeLimit().toMillis() / 2;
        executor.scheduleWithFixedDelay(() -> {}, earlier, earlier, TimeUnit.MILLISECONDS);
        return executor;
    }

    private static Properties properties(EmailProperties settings) {
        String limit = Long.toString(settings.timeLimit().toMillis());
        var properties = new Properties();
        properties.setProperty(
                "mail.smtp.auth", Boolean.toString(!settings.username().isBlank()));
        properties.setProperty("mail.smtp.connectiontimeout", limit);
        properties.setProperty("mail.smtp.timeout", limit);
        properties.setProperty("mail.smtp.writetimeout", limit);
        properties.setProperty("mail.smtp.quitwait", "false");
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        if (!settings.from().isBlank()) {
            properties.setProperty("mail.smtp.from", settings.sender().getAddress());
        }
        switch (settings.tlsOrDefault()) {
            case OFFERED -> properties.setProperty("mail.smtp.starttls.enable", "true");
            case REQUIRED -> properties.setProperty("mail.smtp.starttls.required", "true");
            case IMPLICIT -> properties.setProperty("mail.smtp.ssl.enable", "true");
        }
        return properties;
    }
}
