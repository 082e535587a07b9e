package broadsheet.notification.outbound;

import broadsheet.web.outbound.CallableAddresses;
import broadsheet.web.problem.InvalidFieldException;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Refuses a URL that could never be called, as far as that is known without looking its host up. */
public final class ReceiverUrlCheck {

    private static final int LONGEST = 2048;
    private static final String OTHER_PORT = "must be on port 80 or 443";
    private static final String UNUSUAL = "has an address in an unusual form";
    /** What browsers and some resolvers take for an IPv4 address: decimal, octal, hexadecimal, in fewer parts. */
    private static final Pattern ENDS_IN_NUMBER = Pattern.compile("(.*\\.)?(\\d+|0x[0-9a-f]*)");

    private final CallableAddresses callable;

    ReceiverUrlCheck(CallableAddresses callable) {
        this.callable = callable;
    }

    /**
     * The URL, as far as it may be called.
     *
     * @param field named where the URL is refused, by an {@link InvalidFieldException}
     */
    public URI check(String field, String url) {
        URI uri = parse(field, url);
        String refused = refused(uri);
        if (refused != null) {
            throw new InvalidFieldException(field, refused);
        }
        return uri;
    }

    private static URI parse(String field, String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            throw new InvalidFieldException(field, "is not a URL");
        }
    }

    private @Nullable String refused(URI uri) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!Set.of("http", "https").contains(scheme) || uri.getHost() == null) {
            return "must be an http or https URL with a host";
        } else if (uri.toString().length() > LONGEST) {
            return "must not be longer than " + LONGEST + " characters";
        } else if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            return "must have neither a user nor a fragment";
        } else if (uri.getPort() == 0 || uri.getPort() > 65_535) {
            return "must be on a port from 1 to 65535";
        }
        return refused(uri.getHost().toLowerCase(Locale.ROOT), port(uri, scheme));
    }

    private @Nullable String refused(String host, int port) {
        InetAddress address = NetUtil.createInetAddressFromIpAddressString(host);
        return address == null ? refusedName(host, port) : refusedAddress(host, address, port);
    }

    private @Nullable String refusedAddress(String host, InetAddress address, int port) {
        if (!host.startsWith("[") && !host.equals(address.getHostAddress())) {
            return UNUSUAL;
        } else if (callable.permit(address, port)) {
            return null;
        }
        return callable.permit(address, 443) ? OTHER_PORT : "has an address that may not be called";
    }

    /** A host that only DNS knows the address of: whether that may be called is seen when it is. */
    private @Nullable String refusedName(String host, int port) {
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        if (host.startsWith("[") || ENDS_IN_NUMBER.matcher(name).matches()) {
            return UNUSUAL;
        } else if (callable.allowsSome()) {
            return null;
        } else if (!name.contains(".")) {
            return "has a host that only an internal network can know";
        }
        return CallableAddresses.HTTP_PORTS.contains(port) ? null : OTHER_PORT;
    }

    private static int port(URI uri, String scheme) {
        if (uri.getPort() != -1) {
            return uri.getPort();
        }
        return scheme.equals("https") ? 443 : 80;
    }
}
