package broadsheet.kills;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/** The receivers of all subscriptions, each with a path of its own; notes how often each got each message. */
final class WebhookReceivers implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int THREADS = 100;
    private static final int LONGEST_MILLIS = 100;

    private final Map<String, Map<String, Integer>> received = new ConcurrentHashMap<>();
    private final Map<String, String> otherIds = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final HttpServer server;
    private final Random random;

    WebhookReceivers(long seed) throws IOException {
        random = new Random(seed);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::receive);
        server.start();
    }

    String url(String receiver) {
        return "http://127.0.0.1:%d/%s".formatted(server.getAddress().getPort(), receiver);
    }

    /** How often it got each message, by {@code webhook-id}. */
    Map<String, Integer> receivedBy(String receiver) {
        return received.getOrDefault(receiver, Map.of());
    }

    /** The ids of bodies that came with another {@code webhook-id}. */
    Map<String, String> otherIds() {
        return otherIds;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    /** Takes its time, so that there is always something on its way that a kill can befall. */
    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            String id = exchange.getRequestHeaders().getFirst("webhook-id");
            String event = JSON.readTree(exchange.getRequestBody().readAllBytes())
                    .path("id")
                    .asString("");
            if (!event.equals(id)) {
                otherIds.put(event, id);
            }
            received.computeIfAbsent(
                            exchange.getRequestURI().getPath().substring(1), first -> new ConcurrentHashMap<>())
                    .merge(id, 1, Integer::sum);
            TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_MILLIS));
            exchange.sendResponseHeaders(204, -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
