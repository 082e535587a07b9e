package broadsheet.web.connection;

import io.netty.handler.codec.http.HttpRequest;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.server.ConnectionInfo;
import reactor.netty.transport.AddressUtils;

/**
 * What the proxy in front of a service says of a request: {@code X-Forwarded-For} and {@code X-Forwarded-Proto}. Their
 * last value is believed, which is the one that the proxy itself wrote; what stands before it is the caller's claim. So are
 * {@code Forwarded}, {@code X-Forwarded-Host}, {@code -Port} and {@code -Prefix}, which nobody here believes.
 */
final class ProxyHeaders {

    private static final Set<String> SCHEMES = Set.of("http", "https");

    private ProxyHeaders() {}

    static ConnectionInfo believed(ConnectionInfo connection, HttpRequest request) {
        return withScheme(withClient(connection, last(request, "X-Forwarded-For")), last(request, "X-Forwarded-Proto"));
    }

    private static ConnectionInfo withClient(ConnectionInfo connection, @Nullable String client) {
        InetSocketAddress proxy = connection.getRemoteAddress();
        if (client == null || proxy == null) {
            return connection;
        }
        try {
            InetSocketAddress address = AddressUtils.parseAddress(client, proxy.getPort());
            return address.isUnresolved() ? connection : connection.withRemoteAddress(address);
        } catch (IllegalArgumentException e) {
            return connection; // no address
        }
    }

    /** The port goes along where the request named none. */
    private static ConnectionInfo withScheme(ConnectionInfo connection, @Nullable String scheme) {
        InetSocketAddress host = connection.getHostAddress();
        if (scheme == null || !SCHEMES.contains(scheme) || host == null) {
            return connection;
        }
        int port = connection.getHostPort() == ConnectionInfo.getDefaultHostPort(connection.getScheme())
                ? ConnectionInfo.getDefaultHostPort(scheme)
                : connection.getHostPort();
        return connection.withScheme(scheme).withHostAddress(host, connection.getHostName(), port);
    }

    private static @Nullable String last(HttpRequest request, String header) {
        List<String> lines = request.headers().getAll(header);
        if (lines.isEmpty()) {
            return null;
        }
        String line = lines.get(lines.size() - 1);
        return line.substring(line.lastIndexOf(',') + 1).strip();
    }
}
