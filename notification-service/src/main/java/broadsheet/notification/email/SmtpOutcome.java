package broadsheet.notification.email;

import broadsheet.notification.channel.DeliveryOutcome;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;

/** What the answers of a mail server mean (RFC 5321, 3463). */
final class SmtpOutcome {

    static final DeliveryOutcome DELIVERED = new DeliveryOutcome.Delivered(250);

    /** Of a policy: it speaks of the sender, such as one that may not relay, and not of the mailbox. */
    private static final Pattern POLICY = Pattern.compile("\\b5\\.7\\.\\d+\\b");

    private SmtpOutcome() {}

    /** The receiver is refused for good only where the server says so of its mailbox; everything else may pass. */
    static DeliveryOutcome of(MessagingException error) {
        for (Exception e = error; e instanceof MessagingException next; e = next.getNextException()) {
            if (e instanceof SMTPAddressFailedException failed) {
                int code = failed.getReturnCode();
                String answer = text(failed);
                return code >= 550 && code <= 553 && !isOfPolicy(answer)
                        ? new DeliveryOutcome.Refused(code, answer)
                        : failed(code, answer);
            }
        }
        if (error instanceof SMTPSendFailedException failed) {
            return failed(failed.getReturnCode(), text(failed));
        }
        if (error instanceof AuthenticationFailedException) {
            return failed(null, "The mail server refuses our username and password: " + text(error));
        }
        Exception cause = error.getNextException();
        return failed(null, text(error) + (cause == null ? "" : " (" + text(cause) + ")"));
    }

    /** Whether an answer or a status is about the sender. */
    static boolean isOfPolicy(String answer) {
        return POLICY.matcher(answer).find();
    }

    static DeliveryOutcome failed(@Nullable Integer status, String detail) {
        return new DeliveryOutcome.Failed(status == null || status < 0 ? null : status, detail, null);
    }

    private static String text(Exception e) {
        return HeaderText.of(String.valueOf(e.getMessage()));
    }
}
