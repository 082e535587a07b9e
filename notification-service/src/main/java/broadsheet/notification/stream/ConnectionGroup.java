package broadsheet.notification.stream;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import reactor.core.scheduler.Scheduler;

/** Connections that are served by one thread, so that the thread that reads Kafka serves none. */
final class ConnectionGroup {

    private final Set<StreamConnection> connections = ConcurrentHashMap.newKeySet();
    private final Scheduler.Worker worker;
    private final AtomicBoolean dispatching = new AtomicBoolean();
    private final Consumer<StreamConnection> send;

    ConnectionGroup(Scheduler thread, Consumer<StreamConnection> send) {
        this.worker = thread.createWorker();
        this.send = send;
    }

    void add(StreamConnection connection) {
        connections.add(connection);
    }

    void remove(StreamConnection connection) {
        connections.remove(connection);
    }

    void forEach(Consumer<StreamConnection> action) {
        connections.forEach(action);
    }

    /** Sends soon to one of them. */
    void dispatch(StreamConnection connection) {
        worker.schedule(() -> send.accept(connection));
    }

    /** Sends soon to all of them; events that come meanwhile go out in the same round. */
    void dispatch() {
        if (!connections.isEmpty() && dispatching.compareAndSet(false, true)) {
            worker.schedule(() -> {
                dispatching.set(false);
                connections.forEach(send);
            });
        }
    }
}
