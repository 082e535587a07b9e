package broadsheet.web.outbound;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.timeout.TimeoutException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquirePendingLimitException;

/** Why a call got no answer, as whoever named its address may know. */
public final class CallFailure {

    private CallFailure() {}

    /** What went wrong below the client. */
    public static Throwable cause(Throwable error) {
        Throwable cause = error.getCause();
        return error instanceof WebClientRequestException && cause != null ? cause : error;
    }

    /** The end of a sentence. */
    public static String reason(Throwable cause) {
        if (cause instanceof RefusedAddressException) {
            return "its address may not be called";
        } else if (cause instanceof UnknownHostException) {
            return "its host is unknown";
        } else if (cause instanceof ConnectTimeoutException || cause instanceof ConnectException) {
            return "no connection";
        } else if (cause instanceof java.util.concurrent.TimeoutException || cause instanceof TimeoutException) {
            return "no answer in time";
        } else if (cause instanceof SSLException) {
            return "no TLS connection: certificate, host name or version";
        } else if (cause instanceof PoolAcquirePendingLimitException) {
            return "too many calls wait for it";
        }
        return "the connection broke";
    }
}
