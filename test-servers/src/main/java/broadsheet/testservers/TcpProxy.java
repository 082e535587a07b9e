package broadsheet.testservers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A TCP proxy before a server that can be cut, or fall silent, and be mended. */
public final class TcpProxy implements AutoCloseable {

    private enum State {
        WHOLE,
        CUT,
        SILENT
    }

    private final URI server;
    private final ServerSocket near;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private State state = State.WHOLE;

    private TcpProxy(URI server, ServerSocket near) {
        this.server = server;
        this.near = near;
    }

    /** Before the server of an address such as {@code mongodb://localhost:27017/database}. */
    public static TcpProxy to(String uri) {
        try {
            var wire = new TcpProxy(URI.create(uri), new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
            wire.threads.execute(wire::accept);
            return wire;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same address, through this proxy. */
    public String uri() {
        return server.toString().replace(server.getAuthority(), "127.0.0.1:" + near.getLocalPort());
    }

    /** Ends all connections; a new one ends at once. */
    public void cut() {
        turn(State.CUT);
        sockets.forEach(TcpProxy::close);
    }

    /** Nothing comes through any more, but nothing says so. */
    public void silence() {
        turn(State.SILENT);
    }

    public void mend() {
        turn(State.WHOLE);
    }

    private void turn(State next) {
        lock.lock();
        try {
            state = next;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private State awaitNotSilent() throws InterruptedException {
        lock.lock();
        try {
            while (state == State.SILENT) {
                changed.await();
            }
            return state;
        } finally {
            lock.unlock();
        }
    }

    private void accept() {
        try {
            while (!near.isClosed()) {
                Socket client = near.accept();
                sockets.add(client);
                threads.execute(() -> connect(client));
            }
        } catch (IOException e) {
            threads.shutdownNow();
        }
    }

    private void connect(Socket client) {
        try {
            if (awaitNotSilent() == State.CUT) {
                close(client);
                return;
            }
            var far = new Socket(server.getHost(), server.getPort());
            sockets.add(far);
            threads.execute(() -> pass(client, far));
            pass(far, client);
        } catch (IOException e) {
            close(client);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pass(Socket from, Socket to) {
        byte[] bytes = new byte[8_192];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                if (awaitNotSilent() == State.CUT) {
                    return;
                }
                out.write(bytes, 0, read);
            }
        } catch (SocketException e) {
            // cut
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        cut();
        try {
            near.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }
}
