package broadsheet.notification.stream;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A client of the stream that reads only when it is told to; its socket holds little. */
final class SlowStreamClient implements AutoCloseable {

    /** Between the chunks of a body (RFC 9112, 7.1); the lines of the events themselves end without a CR. */
    private static final Pattern CHUNK_SIZE = Pattern.compile("(\r\n)?[0-9a-f]*\r\n");

    private final Socket socket = new Socket();

    SlowStreamClient(int port, String query) throws IOException {
        socket.setReceiveBufferSize(4_096);
        socket.setSoTimeout(60_000);
        socket.connect(new InetSocketAddress("localhost", port));
        socket.getOutputStream()
                .write("GET /api/notifications/stream%s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                        .formatted(query)
                        .getBytes(US_ASCII));
    }

    /** Waits for the headers: the stream is open. */
    void open() throws IOException {
        if (socket.getInputStream().read() != 'H') {
            throw new IOException("No HTTP");
        }
    }

    /** The events that there are until the server ends the connection, one way or the other. */
    String rest() throws IOException {
        var all = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(all);
        } catch (SocketException e) {
            // reset: what was read before it counts
        }
        String response = all.toString(UTF_8);
        return CHUNK_SIZE
                .matcher(response.substring(response.indexOf("\r\n\r\n")))
                .replaceAll("");
    }

    /** The last id that was received whole, as a browser takes it: with the empty line behind its event. */
    static @Nullable String lastId(String stream) {
        return stream.substring(0, stream.lastIndexOf("\n\n"))
                .lines()
                .filter(line -> line.startsWith("id:"))
                .reduce((first, last) -> last)
                .map(line -> line.substring(3))
                .orElse(null);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
