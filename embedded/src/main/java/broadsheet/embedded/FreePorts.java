package broadsheet.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** Ports of 127.0.0.1 on which nothing listens; no other machine reaches what listens there. */
public final class FreePorts {

    static final String HOST = "127.0.0.1";

    // below the range from which systems take the ports of outgoing connections: none of those comes in between
    private static final int FROM = 15_000;
    private static final int TO = 32_000;
    private static final int ATTEMPTS = 1_000;

    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private FreePorts() {}

    /** A port that was not given before: whoever was may not listen yet, or may come back. */
    public static int any() {
        return IntStream.generate(() -> ThreadLocalRandom.current().nextInt(FROM, TO))
                .limit(ATTEMPTS)
                .filter(FreePorts::isFree)
                .filter(GIVEN::add)
                .findFirst()
                .orElseThrow(() ->
                        new EmbeddedServerException("No free port on %s between %d and %d.".formatted(HOST, FROM, TO)));
    }

    static InetSocketAddress address(int port) {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(HOST, new byte[] {127, 0, 0, 1}), port);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(address(port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
