package broadsheet.testservers;

import broadsheet.embedded.FreePorts;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An address at which nothing answers until {@link #start}: then connections are passed on to Kafka. */
public final class KafkaStartingLate implements AutoCloseable {

    private final String host;
    private final int kafkaPort;
    private final int port = FreePorts.any();
    private final List<Closeable> open = new CopyOnWriteArrayList<>();

    public KafkaStartingLate(String bootstrapServers) {
        int colon = bootstrapServers.lastIndexOf(':');
        this.host = bootstrapServers.substring(bootstrapServers.lastIndexOf('/') + 1, colon);
        this.kafkaPort = Integer.parseInt(bootstrapServers.substring(colon + 1));
    }

    public String bootstrapServers() {
        return "localhost:" + port;
    }

    public void start() throws IOException {
        var door = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        open.add(door);
        run(() -> {
            while (true) {
                var client = door.accept();
                var kafka = new Socket(host, kafkaPort);
                open.addAll(List.of(client, kafka));
                run(() -> client.getInputStream().transferTo(kafka.getOutputStream()));
                run(() -> kafka.getInputStream().transferTo(client.getOutputStream()));
            }
        });
    }

    @Override
    public void close() throws IOException {
        for (var one : open) {
            one.close();
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void run(Work work) {
        var thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // closed
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
