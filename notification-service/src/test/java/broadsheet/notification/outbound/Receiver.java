package broadsheet.notification.outbound;

import static broadsheet.testservers.PatientAwait.await;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/** A receiver on a socket of its own that counts connections and answers each request with the same bytes. */
public final class Receiver implements AutoCloseable {

    private final ServerSocket server;
    private final byte[] answer;
    private final boolean endless;
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean disconnected = new AtomicBoolean();
    private final Queue<String> received = new ConcurrentLinkedQueue<>();

    private Receiver(String answer, boolean endless) throws IOException {
        this.server = new ServerSocket(0, 50, InetAddress.getByName(null));
        this.answer = answer.getBytes(ISO_8859_1);
        this.endless = endless;
        start(this::accept);
    }

    /** Hangs where the answer is empty. */
    public static Receiver answering(String answer) throws IOException {
        return new Receiver(answer, false);
    }

    /** Sends a body that does not end. */
    public static Receiver endless(String head) throws IOException {
        return new Receiver(head, true);
    }

    public int port() {
        return server.getLocalPort();
    }

    public String url() {
        return "http://127.0.0.1:" + port() + "/";
    }

    public int connections() {
        return sockets.size();
    }

    public String received() {
        return String.join("", received);
    }

    public void awaitDisconnected() {
        await().untilTrue(disconnected);
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                sockets.add(socket);
                start(() -> answer(socket));
            }
        } catch (IOException e) {
            // closed
        }
    }

    /** Each request of these tests comes in one piece. */
    private void answer(Socket socket) {
        try (socket) {
            byte[] request = new byte[65_536];
            for (int n = socket.getInputStream().read(request);
                    n >= 0;
                    n = socket.getInputStream().read(request)) {
                received.add(new String(request, 0, n, UTF_8));
                socket.getOutputStream().write(answer);
                while (endless) {
                    socket.getOutputStream().write(new byte[8192]);
                }
            }
        } catch (IOException e) {
            disconnected.set(true);
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "receiver");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
