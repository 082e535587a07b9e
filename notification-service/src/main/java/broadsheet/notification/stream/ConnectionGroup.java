package broadsheet.notification.stream;

import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Connections that are served by one thread, in rounds: each gets what has come for it. A round is interrupted after some
 * connections, so that the thread's other work does not wait for all of them.
 */
final class ConnectionGroup {

    private static final int AT_ONCE = 128;

    private final Set<StreamConnection> connections = ConcurrentHashMap.newKeySet();
    private final Executor thread;
    private final Consumer<StreamConnection> send;
    private final AtomicInteger wanted = new AtomicInteger();

    ConnectionGroup(Executor thread, Consumer<StreamConnection> send) {
        this.thread = thread;
        this.send = send;
    }

    void add(StreamConnection connection) {
        connections.add(connection);
    }

    void remove(StreamConnection connection) {
        connections.remove(connection);
    }

    /** Sends soon to one of them. */
    void dispatch(StreamConnection connection) {
        thread.execute(() -> send.accept(connection));
    }

    /** Does something soon with each of them. */
    void dispatch(Consumer<StreamConnection> action) {
        if (!connections.isEmpty()) {
            thread.execute(() -> connections.forEach(action));
        }
    }

    /** Sends soon to all of them; what comes during a round makes one more round. */
    void dispatch() {
        if (!connections.isEmpty() && wanted.getAndIncrement() == 0) {
            thread.execute(this::begin);
        }
    }

    private void begin() {
        goOn(connections.iterator(), wanted.get());
    }

    private void goOn(Iterator<StreamConnection> rest, int served) {
        for (int count = 0; count < AT_ONCE && rest.hasNext(); count++) {
            send.accept(rest.next());
        }
        if (rest.hasNext()) {
            thread.execute(() -> goOn(rest, served));
        } else if (wanted.addAndGet(-served) != 0) {
            thread.execute(this::begin);
        }
    }
}
