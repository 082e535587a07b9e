package broadsheet.notification.subscription;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Where a request came from, as far as it may be kept: the network of a provider or an organisation, not of a household. Limits
 * count by it too, since whoever has one address of it may have them all.
 */
public final class SubscriberNetwork {

    private static final int IPV4_BYTES = 3;
    private static final int IPV6_BYTES = 6;

    private SubscriberNetwork() {}

    /** Such as {@code 192.0.2.0/24} or {@code 2001:db8:0:0:0:0:0:0/48}. */
    public static String of(ServerHttpRequest request) {
        InetSocketAddress client = request.getRemoteAddress();
        return client == null || client.getAddress() == null ? "unknown" : of(client.getAddress());
    }

    static String of(InetAddress address) {
        try {
            byte[] whole =
                    InetAddress.getByAddress(address.getAddress()).getAddress(); // IPv4 where it is written as IPv6
            int bytes = whole.length == 16 ? IPV6_BYTES : IPV4_BYTES;
            byte[] network = Arrays.copyOf(Arrays.copyOf(whole, bytes), whole.length);
            return InetAddress.getByAddress(network).getHostAddress() + "/" + bytes * 8;
        } catch (UnknownHostException e) {
            throw new IllegalStateException(address + " has the length of no address", e);
        }
    }
}
