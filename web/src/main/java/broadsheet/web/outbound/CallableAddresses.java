package broadsheet.web.outbound;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import org.springframework.boot.http.client.InetAddressFilter;

/**
 * Which addresses may be called: those of the open internet on the ports of HTTP, and those of the allowed networks.
 * Addresses that carry an IPv4 address (IPv4-mapped) are judged by that; what is translated or tunnelled on its way
 * (NAT64, 6to4, Teredo) is refused, since nobody here knows where it ends.
 */
public final class CallableAddresses {

    public static final Set<Integer> HTTP_PORTS = Set.of(80, 443);

    private static final InetAddressFilter GIVEN_OUT = InetAddressFilter.of("2000::/3");

    /** Of IPv6 only what is given out, so that nothing special to come is open, less what Boot does not know yet. */
    private static final InetAddressFilter INTERNET = InetAddressFilter.externalAddresses()
            .and((InetAddress address) -> address instanceof Inet4Address || GIVEN_OUT.matches(address))
            .andNot("3fff::/20");

    private final InetAddressFilter allowed;
    private final boolean allowsSome;
    private final Set<Integer> ports;

    /** @param allow networks in CIDR notation */
    public CallableAddresses(List<String> allow, Set<Integer> ports) {
        this.allowed = InetAddressFilter.of(allow.toArray(String[]::new));
        this.allowsSome = !allow.isEmpty();
        this.ports = ports;
    }

    boolean permit(InetSocketAddress socket) {
        InetAddress address = socket.getAddress();
        return address != null && permit(address, socket.getPort());
    }

    public boolean permit(InetAddress address, int port) {
        InetAddress plain = withoutMapping(address);
        return allowed.matches(plain) || (ports.contains(port) && INTERNET.matches(plain));
    }

    /** Whether any internal network may be called, on any port. */
    public boolean allowsSome() {
        return allowsSome;
    }

    private static InetAddress withoutMapping(InetAddress address) {
        try {
            return InetAddress.getByAddress(address.getAddress()); // gives an Inet4Address for ::ffff:0:0/96
        } catch (UnknownHostException e) {
            throw new IllegalStateException("Not the bytes of an address: " + address, e);
        }
    }
}
