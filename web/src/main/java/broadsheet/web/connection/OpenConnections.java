package broadsheet.web.connection;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the open connections and closes what is more than there may be. Reactor Netty's own bound was ruled out: it logs
 * a stack trace for each connection that it refuses.
 */
final class OpenConnections {

    private final int max;
    private final AtomicInteger open = new AtomicInteger();
    private final Counter refused;

    OpenConnections(int max, MeterRegistry meters) {
        this.max = max;
        this.refused = meters.counter("broadsheet.connections.refused");
        meters.gauge("broadsheet.connections.open", open);
    }

    /** Whether the connection may go on; else it is closed. */
    @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for the close
    boolean admits(Channel channel) {
        boolean admitted = open.incrementAndGet() <= max;
        channel.closeFuture().addListener(closed -> open.decrementAndGet());
        if (!admitted) {
            refused.increment();
            channel.close();
        }
        return admitted;
    }
}
