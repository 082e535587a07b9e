package broadsheet.notification.email;

import jakarta.mail.MessagingException;
import java.util.Properties;
import org.eclipse.angus.mail.util.MailStreamProvider;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** The mail server as the settings name it. */
final class MailServer extends JavaMailSenderImpl {

    static {
        // otherwise Jakarta Mail looks through all jars for it, several times a mail, which takes half of the time of a
        // mail
        String provider = "jakarta.mail.util.StreamProvider";
        System.setProperty(provider, System.getProperty(provider, MailStreamProvider.class.getName()));
    }

    MailServer(EmailProperties settings) {
        setHost(settings.host());
        setPort(settings.port());
        if (!settings.username().isBlank()) {
            setUsername(settings.username());
            setPassword(settings.password());
        }
        setJavaMailProperties(properties(settings));
    }

    SmtpConnection connect() throws MessagingException {
        return new SmtpConnection(connectTransport());
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
