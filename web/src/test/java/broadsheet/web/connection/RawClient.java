package broadsheet.web.connection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** A connection that sends what it is told and nothing else, as no HTTP client would. */
final class RawClient implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int PAUSE_MILLIS = 20;

    private final Socket socket = new Socket();

    RawClient(int port, int receiveBuffer) throws IOException {
        socket.setReceiveBufferSize(receiveBuffer);
        socket.connect(new InetSocketAddress("localhost", port));
        socket.setTcpNoDelay(true);
    }

    RawClient(int port) throws IOException {
        this(port, 64 * 1024);
    }

    RawClient send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        return this;
    }

    /** All that the server sends until it closes the connection. */
    String readUntilClosed() throws IOException {
        return trickleUntilClosed("");
    }

    /** Sends a little again and again until the server closes the connection; answers what the server sent. */
    String trickleUntilClosed(String little) throws IOException {
        var received = new ByteArrayOutputStream();
        Instant end = Instant.now().plus(PATIENCE);
        socket.setSoTimeout(PAUSE_MILLIS);
        while (Instant.now().isBefore(end)) {
            try {
                int one = socket.getInputStream().read();
                if (one < 0) {
                    return received.toString(ISO_8859_1);
                }
                received.write(one);
            } catch (SocketTimeoutException quiet) {
                sendUnlessClosed(little);
            } catch (SocketException reset) {
                return received.toString(ISO_8859_1);
            }
        }
        throw new AssertionError("Still open after " + PATIENCE + ": " + received.toString(ISO_8859_1));
    }

    private void sendUnlessClosed(String little) throws IOException {
        try {
            send(little);
        } catch (SocketException closed) {
            // what it had sent before is still to be read
        }
    }

    /** Whether the server closes the connection without a byte; waits for the one or the other. */
    boolean isRefused() throws IOException {
        socket.setSoTimeout((int) PATIENCE.toMillis());
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketException reset) {
            return true;
        }
    }

    /** Reads until the text has come, or fails. */
    String readUntil(String text) throws IOException {
        var received = new ByteArrayOutputStream();
        socket.setSoTimeout((int) PATIENCE.toMillis());
        while (!received.toString(ISO_8859_1).contains(text)) {
            int one = socket.getInputStream().read();
            if (one < 0) {
                throw new AssertionError("Closed after: " + received.toString(ISO_8859_1));
            }
            received.write(one);
        }
        return received.toString(ISO_8859_1);
    }

    /** Reads that many pieces, one now and then. */
    void readSlowly(int pieces, int size) {
        Flux.interval(Duration.ofMillis(2 * PAUSE_MILLIS))
                .onBackpressureBuffer()
                .publishOn(Schedulers.boundedElastic())
                .take(pieces)
                .doOnNext(piece -> readPiece(size))
                .blockLast();
    }

    private void readPiece(int size) {
        try {
            if (socket.getInputStream().readNBytes(size).length < size) {
                throw new AssertionError("Closed in the middle");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
