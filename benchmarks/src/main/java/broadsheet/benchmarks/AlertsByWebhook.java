package broadsheet.benchmarks;

import broadsheet.events.EventCodec;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** How long events take to webhooks of receivers that answer: alone, and beside as many that never do. */
final class AlertsByWebhook {

    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final NotificationServers servers;
    private final KafkaProducer<String, byte[]> producer;
    private final WebhookReceivers answering;

    private AlertsByWebhook(
            NotificationServers servers, KafkaProducer<String, byte[]> producer, WebhookReceivers answering) {
        this.servers = servers;
        this.producer = producer;
        this.answering = answering;
    }

    /** Takes how many receivers of each kind, how many events, and the options of notification-service's JVM. */
    public static void main(String[] arguments) throws Exception {
        int receivers = Integer.parseInt(arguments[0]);
        int events = Integer.parseInt(arguments[1]);
        Map<String, String> settings =
                Map.of("BROADSHEET_WEBHOOK_ALLOW", "127.0.0.0/8", "BROADSHEET_BEHIND_PROXY", "true");
        try (var answering = new WebhookReceivers("127.0.1", receivers, true);
                var silent = new WebhookReceivers("127.0.2", receivers, false);
                var servers = NotificationServers.start(List.of(arguments).subList(2, arguments.length), settings);
                var producer = new KafkaProducer<>(
                        Map.<String, Object>of("bootstrap.servers", servers.bootstrapServers(), "linger.ms", 0),
                        new StringSerializer(),
                        new ByteArraySerializer())) {
            var alerts = new AlertsByWebhook(servers, producer, answering);
            alerts.subscribe(answering);
            alerts.measure("warming up", events);
            alerts.measure("alone", events);
            alerts.subscribe(silent);
            alerts.measure("beside " + receivers + " that never answer", events);
        }
        System.exit(0);
    }

    /** Each from another address, since one may not make so many subscriptions at once. */
    private void subscribe(WebhookReceivers receivers) throws Exception {
        HttpClient http = HttpClient.newHttpClient();
        for (String url : receivers.urls()) {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(servers.at("/api/subscriptions"))
                            .header("X-Forwarded-For", URI.create(url).getHost().replace("127.0.", "198.51."))
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString(
                                    "{\"channel\": \"webhook\", \"target\": {\"url\": \"" + url + "\"}}"))
                            .build(),
                    BodyHandlers.ofString());
            if (answer.statusCode() != 201) {
                throw new IllegalStateException("No subscription: " + answer.body());
            }
        }
    }

    private void measure(String when, int events) throws Exception {
        Map<String, Long> sent = new HashMap<>();
        for (int number = 0; number < events; number++) {
            long start = System.nanoTime();
            var event = PublishedArticle.event(UUID.randomUUID().toString());
            sent.put(event.id(), start);
            producer.send(EventCodec.encode(event).toRecord()).get(10, TimeUnit.SECONDS);
            TimeUnit.NANOSECONDS.sleep(start + PAUSE.toNanos() - System.nanoTime());
        }
        List<Long> nanos = new ArrayList<>();
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (var event : sent.entrySet()) {
            while (answering.arrivals(event.getKey()).size() < answering.urls().size()) {
                if (System.nanoTime() > end) {
                    throw new IllegalStateException("An event did not reach all receivers");
                }
                TimeUnit.MILLISECONDS.sleep(10);
            }
            answering.arrivals(event.getKey()).forEach(arrival -> nanos.add(arrival - event.getValue()));
        }
        nanos.sort(null);
        System.out.printf(
                "%s: %,d alerts of %d events, half within %d ms, 99 %% within %d ms, all within %d ms%n",
                when, nanos.size(), events, millis(nanos, 0.5), millis(nanos, 0.99), millis(nanos, 1));
    }

    private static long millis(List<Long> sorted, double share) {
        return TimeUnit.NANOSECONDS.toMillis(sorted.get((int) Math.ceil(share * sorted.size()) - 1));
    }
}
