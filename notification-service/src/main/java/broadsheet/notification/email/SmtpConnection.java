package broadsheet.notification.email;

import jakarta.mail.MessagingException;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.SocketTimeoutException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;

/** A connection to the mail server that stays open for many messages, one at a time. */
final class SmtpConnection implements AutoCloseable {

    private static final int SERVER_CLOSES = 421;
    private static final int NO_REPLY = -1;

    private final Transport transport;
    private boolean used;
    private long lastUsed;

    SmtpConnection(Transport transport) {
        this.transport = transport;
    }

    void send(MimeMessage message) throws MessagingException {
        transport.sendMessage(message, message.getAllRecipients());
        used = true;
        lastUsed = System.nanoTime();
    }

    /** Whether the message failed only because the server had closed a connection that was kept. */
    boolean wasClosedBefore(MessagingException e) {
        if (!used) {
            return false;
        }
        if (e instanceof SMTPSendFailedException failed) {
            return failed.getReturnCode() == SERVER_CLOSES || failed.getReturnCode() == NO_REPLY;
        }
        return e.getNextException() instanceof IOException && !(e.getNextException() instanceof SocketTimeoutException);
    }

    /** Asks the server. */
    boolean isOpen() {
        return transport.isConnected();
    }

    long nanosIdle() {
        return System.nanoTime() - lastUsed;
    }

    @Override
    public void close() {
        try {
            transport.close();
        } catch (MessagingException e) {
            // it is gone already
        }
    }
}
