package broadsheet.web.connection;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the open connections and closes what is more than there may be, overall or from one address. Reactor Netty's own
 * bound was ruled out: it logs a stack trace for each connection that it refuses.
 */
final class OpenConnections {

    private final int max;
    private final int maxPerAddress;
    private final AtomicInteger open = new AtomicInteger();
    private final Map<String, Integer> byAddress = new ConcurrentHashMap<>();
    private final Counter refusedOverall;
    private final Counter refusedPerAddress;

    OpenConnections(ConnectionProperties limits, MeterRegistry meters) {
        this.max = limits.max();
        this.maxPerAddress = limits.behindProxy() ? max : limits.perAddress(); // all come from the proxy
        this.refusedOverall = refused("overall", meters);
        this.refusedPerAddress = refused("address", meters);
        Gauge.builder("broadsheet.connections.open", open, AtomicInteger::get)
                .description("Open connections")
                .register(meters);
    }

    private static Counter refused(String limit, MeterRegistry meters) {
        return Counter.builder("broadsheet.connections.refused")
                .description("Connections that were closed at once, by the limit that they were beyond")
                .tag("limit", limit)
                .register(meters);
    }

    /** Whether the connection may go on; else it is closed. */
    boolean admits(Channel channel) {
        String address = address(channel.remoteAddress());
        int all = open.incrementAndGet();
        int ofAddress = byAddress.merge(address, 1, Integer::sum);
        channel.closeFuture().addListener(closed -> forget(address));
        if (all > max) {
            return refuse(channel, refusedOverall);
        }
        return ofAddress <= maxPerAddress || refuse(channel, refusedPerAddress);
    }

    int addresses() {
        return byAddress.size();
    }

    private void forget(String address) {
        open.decrementAndGet();
        byAddress.computeIfPresent(address, (same, count) -> count == 1 ? null : count - 1);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for the close
    private static boolean refuse(Channel channel, Counter refused) {
        refused.increment();
        channel.close();
        return false;
    }

    private static String address(SocketAddress client) {
        return client instanceof InetSocketAddress internet && internet.getAddress() != null
                ? ClientAddress.network(internet.getAddress())
                : "unknown";
    }
}
