package broadsheet.web.connection;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Who sent a request: the other end of its connection or, where a setting says that a proxy stands before this service,
 * whom that proxy names.
 */
public final class ClientAddress {

    private static final int IPV6_NETWORK_BYTES = 8;

    private ClientAddress() {}

    /** Such as {@code 192.0.2.7}. */
    public static String of(ServerHttpRequest request) {
        InetAddress address = address(request);
        return address == null ? "unknown" : address.getHostAddress();
    }

    /** For limits: whoever has one address of an IPv6 network of 64 bits has them all, so that it counts as one. */
    public static String network(ServerHttpRequest request) {
        InetAddress address = address(request);
        return address == null ? "unknown" : network(address);
    }

    static String network(InetAddress address) {
        InetAddress plain = withoutMapping(address);
        return plain instanceof Inet6Address
                ? HexFormat.of().formatHex(Arrays.copyOf(plain.getAddress(), IPV6_NETWORK_BYTES))
                : plain.getHostAddress();
    }

    private static @Nullable InetAddress address(ServerHttpRequest request) {
        InetSocketAddress client = request.getRemoteAddress();
        return client == null || client.getAddress() == null ? null : withoutMapping(client.getAddress());
    }

    /** An IPv4 address that is written as an IPv6 one ({@code ::ffff:203.0.113.7}) is the IPv4 address. */
    private static InetAddress withoutMapping(InetAddress address) {
        try {
            return InetAddress.getByAddress(address.getAddress());
        } catch (UnknownHostException e) {
            throw new IllegalStateException(address + " has the length of no address", e);
        }
    }
}
