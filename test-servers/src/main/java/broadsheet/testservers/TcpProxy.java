package broadsheet.testservers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
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

    private final String host;
    private final int port;
    private final ServerSocket near;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private State state = State.WHOLE;

    private TcpProxy(String host, int port, ServerSocket near) {
        this.host = host;
        this.port = port;
        this.near = near;
    }

    /** Such as {@code localhost:27017}. */
    public static TcpProxy to(String server) {
        int colon = server.lastIndexOf(':');
        String host = server.substring(0, colon);
        int port = Integer.parseInt(server.substring(colon + 1));
        try {
            var wire = new TcpProxy(host, port, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
            wire.threads.execute(wire::accept);
            return wire;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return near.getLocalPort();
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
            var far = new Socket(host, port);
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
