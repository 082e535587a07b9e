package broadsheet.notification.outbound;

import io.netty.channel.ConnectTimeoutException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquirePendingLimitException;

/** A call that got no answer; the message says why, to the owner of the subscription too. */
public final class OutboundCallException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private OutboundCallException(String message, Throwable cause) {
        super(message, cause);
    }

    static OutboundCallException of(Throwable error) {
        Throwable cause =
                error instanceof WebClientRequestException && error.getCause() != null ? error.getCause() : error;
        return new OutboundCallException(reason(cause), cause);
    }

    private static String reason(Throwable cause) {
        if (cause instanceof RefusedAddressException) {
            return "its address may not be called";
        } else if (cause instanceof UnknownHostException) {
            return "its host is unknown";
        } else if (cause instanceof ConnectTimeoutException || cause instanceof ConnectException) {
            return "no connection";
        } else if (cause instanceof TimeoutException) {
            return "no answer in time";
        } else if (cause instanceof SSLException) {
            return "no TLS connection: certificate, host name or version";
        } else if (cause instanceof PoolAcquirePendingLimitException) {
            return "too many calls wait for it";
        }
        return "the connection broke";
    }
}
