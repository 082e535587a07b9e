package broadsheet.notification.email;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is reported of one of our mails: that its mailbox cannot be delivered to (RFC 3464), or that its reader complains (RFC
 * 5965).
 *
 * @param verdict why nothing more is to be sent there; none where that is not said, as of a mailbox that is full
 * @param unsubscribeToken of the mail, by its headers; none where the report does not have them
 */
record BounceReport(@Nullable String verdict, @Nullable String unsubscribeToken) {

    private static final Pattern UNSUBSCRIBE = Pattern.compile("/unsubscribe/([^/>?#\\s]+)>");
    private static final int MAX_PARTS = 20;
    private static final Session NO_SERVER = Session.getInstance(new Properties());

    /**
     * Reads a mail as a mail server hands it over.
     *
     * @throws MessagingException where it is no report
     */
    static BounceReport read(byte[] mail) throws MessagingException {
        var message = new MimeMessage(NO_SERVER, new ByteArrayInputStream(mail));
        if (!message.isMimeType("multipart/report")) {
            throw new MessagingException("The mail is no multipart/report");
        }
        try {
            var parts = new MimeMultipart(message.getDataHandler().getDataSource());
            String verdict = null;
            String token = null;
            for (int number = 0; number < Math.min(parts.getCount(), MAX_PARTS); number++) {
                BodyPart part = parts.getBodyPart(number);
                verdict = verdict == null ? verdict(part) : verdict;
                token = token == null ? unsubscribeToken(part) : token;
            }
            return new BounceReport(verdict, token);
        } catch (IOException e) {
            throw new MessagingException("The mail cannot be read", e);
        }
    }

    private static @Nullable String verdict(BodyPart part) throws MessagingException, IOException {
        if (part.isMimeType("message/feedback-report")) {
            InternetHeaders report = headers(part).get(0);
            return "abuse".equalsIgnoreCase(report.getHeader("Feedback-Type", null)) ? "Its reader complained" : null;
        }
        if (part.isMimeType("message/delivery-status") || part.isMimeType("message/global-delivery-status")) {
            return headers(part).stream()
                    .filter(recipient -> "failed".equalsIgnoreCase(recipient.getHeader("Action", null)))
                    .map(recipient -> HeaderText.of(String.valueOf(recipient.getHeader("Status", null))))
                    .filter(status -> status.startsWith("5.") && !SmtpOutcome.isOfPolicy(status))
                    .map(status -> "Its mailbox cannot be delivered to (" + status + ")")
                    .findFirst()
                    .orElse(null);
        }
        return null;
    }

    private static @Nullable String unsubscribeToken(BodyPart part) throws MessagingException, IOException {
        if (!part.isMimeType("text/rfc822-headers")
                && !part.isMimeType("message/rfc822")
                && !part.isMimeType("message/global")
                && !part.isMimeType("message/global-headers")) {
            return null;
        }
        String unsubscribe = headers(part).get(0).getHeader("List-Unsubscribe", null);
        Matcher link = UNSUBSCRIBE.matcher(String.valueOf(unsubscribe));
        return link.find() ? link.group(1) : null;
    }

    /** The first blocks of headers of a part, at least one: a report of delivery has one of the mail and one of each recipient. */
    private static List<InternetHeaders> headers(BodyPart part) throws MessagingException, IOException {
        var blocks = new ArrayList<InternetHeaders>();
        try (InputStream text = part.getInputStream()) {
            do {
                blocks.add(new InternetHeaders(text));
            } while (text.available() > 0 && blocks.size() < MAX_PARTS);
        }
        return blocks;
    }
}
