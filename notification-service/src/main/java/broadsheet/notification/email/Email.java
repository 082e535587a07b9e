package broadsheet.notification.email;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.time.Instant;
import java.util.Date;
import java.util.Map;

/**
 * A mail in two forms, of which a reader's program shows one: plain text and HTML.
 *
 * @param id of its {@code Message-ID}, without the part after {@code @}
 * @param headers beside those of every mail
 */
record Email(
        String id,
        InternetAddress from,
        EmailAddress to,
        Instant date,
        String subject,
        String text,
        String html,
        Map<String, String> headers) {

    private static final String CHARSET = UTF_8.name();

    /** As it is sent. What comes from articles and people stays in the line of its header. */
    MimeMessage write(Session session) throws MessagingException {
        var message = new IdentifiedMessage(session);
        message.setFrom(from);
        message.setRecipients(Message.RecipientType.TO, to.address());
        message.setSubject(HeaderText.of(subject), CHARSET);
        message.setSentDate(Date.from(date));
        message.setHeader("Auto-Submitted", "auto-generated"); // RFC 3834
        for (var header : headers.entrySet()) {
            message.setHeader(header.getKey(), HeaderText.of(header.getValue()));
        }
        message.setContent(new MimeMultipart("alternative", part(text, "plain"), part(html, "html")));
        message.saveChanges();
        return message;
    }

    private static MimeBodyPart part(String text, String type) throws MessagingException {
        var part = new MimeBodyPart();
        part.setText(text, CHARSET, type);
        return part;
    }

    private String messageId() {
        String host = from.getAddress().substring(from.getAddress().lastIndexOf('@') + 1);
        return "<" + id.replaceAll("[^A-Za-z0-9-]+", ".") + "@" + host + ">";
    }

    private final class IdentifiedMessage extends MimeMessage {

        IdentifiedMessage(Session session) {
            super(session);
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", messageId());
        }
    }
}
