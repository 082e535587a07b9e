package broadsheet.benchmarks;

import static com.mongodb.client.model.Filters.eq;

import broadsheet.events.EventCodec;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.bson.Document;

/** How long many subscribers by e-mail wait for an article: until all have a delivery, and until a mail server has all mails. */
final class AlertsByEmail {

    private static final int TOGETHER = 1_000;
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final String AT_ONCE = "NONE";
    private static final String DIGEST = System.getProperty("digest", AT_ONCE);

    private AlertsByEmail() {}

    /** Takes how many subscriptions, how many articles, and the options of notification-service's JVM. */
    public static void main(String[] arguments) throws Exception {
        int subscriptions = Integer.parseInt(arguments[0]);
        int articles = Integer.parseInt(arguments[1]);
        List<String> jvm = List.of(arguments).subList(2, arguments.length);
        try (var sink = new MailSink();
                var servers = NotificationServers.start(
                        jvm,
                        Map.of(
                                "BROADSHEET_BASE_URL",
                                "https://news.example",
                                "BROADSHEET_MAIL_FROM",
                                "news@news.example",
                                "BROADSHEET_SMTP_HOST",
                                "127.0.0.1",
                                "BROADSHEET_SMTP_PORT",
                                Integer.toString(sink.port())));
                MongoClient client = MongoClients.create(servers.mongoUri());
                var producer = new KafkaProducer<>(
                        Map.<String, Object>of("bootstrap.servers", servers.bootstrapServers(), "linger.ms", 0),
                        new StringSerializer(),
                        new ByteArraySerializer())) {
            MongoDatabase store = client.getDatabase("broadsheet");
            subscribe(store, subscriptions);
            for (int article = 1; article <= articles; article++) {
                var event = PublishedArticle.event(UUID.randomUUID().toString());
                producer.send(EventCodec.encode(event).toRecord()).get(10, TimeUnit.SECONDS);
                List<Duration> before = cpu(servers);
                measure(store, sink, event.id(), article, subscriptions);
                printCpu(before, cpu(servers), subscriptions);
            }
            System.out.printf(
                    "%,d connections, %,d recipients; %d MiB at most%n",
                    sink.connections(), sink.recipients(), servers.peakMemory() >> 20);
            System.out.printf("SMTP alone: %,.0f mails a second%n", SmtpAlone.mailsPerSecond(sink));
        }
        System.exit(0);
    }

    private static List<Duration> cpu(NotificationServers servers) {
        return Stream.concat(servers.cpu().stream(), ProcessHandle.current().info().totalCpuDuration().stream())
                .toList();
    }

    private static void printCpu(List<Duration> before, List<Duration> after, int mails) {
        Object[] micros = IntStream.range(0, before.size())
                .mapToObj(process -> after.get(process)
                                .minus(before.get(process))
                                .dividedBy(mails)
                                .toNanos()
                        / 1_000)
                .toArray();
        System.out.printf("CPU for each: service %d, store %d, Kafka %d, mail server %d µs%n", micros);
    }

    private static void measure(MongoDatabase store, MailSink sink, String event, int article, int subscriptions)
            throws InterruptedException {
        long start = System.nanoTime();
        long before = (long) (article - 1) * subscriptions;
        double first = 0;
        double matched = 0;
        long sentWhileMatching = 0;
        while (DIGEST.equals(AT_ONCE) ? sink.mails() < before + subscriptions : matched == 0) {
            double seconds = (System.nanoTime() - start) / 1e9;
            if (first == 0 && sink.mails() > before) {
                first = seconds;
            }
            if (matched == 0) {
                Document stored = store.getCollection("notificationEvents")
                        .find(eq("_id", event))
                        .first();
                matched = stored != null && stored.get("matchedAt") != null ? seconds : 0;
                sentWhileMatching = sink.mails() - before;
            }
            if (seconds > PATIENCE.toSeconds()) {
                throw new IllegalStateException("Only " + (sink.mails() - before) + " mails came");
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        double all = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                "article %d to %,d subscribers: the first mail after %.1f s, all matched and queued after %.1f s, all %,d"
                        + " mails after %.1f s (%,.0f a second, %,.0f once all were queued)%n",
                article,
                subscriptions,
                first,
                matched,
                sink.mails() - before,
                all,
                subscriptions / all,
                (subscriptions - sentWhileMatching) / (all - matched));
    }

    /** As if each had confirmed its address. */
    private static void subscribe(MongoDatabase store, int subscriptions) {
        for (int from = 0; from < subscriptions; from += TOGETHER) {
            store.getCollection("notificationSubscriptions")
                    .insertMany(IntStream.range(from, Math.min(from + TOGETHER, subscriptions))
                            .mapToObj(AlertsByEmail::subscription)
                            .toList());
        }
    }

    private static Document subscription(int number) {
        Date now = Date.from(Instant.now());
        return new Document("_id", UUID.randomUUID().toString())
                .append("version", 1L)
                .append("state", "ACTIVE")
                .append("channel", "EMAIL")
                .append("target", new Document("address", "reader%06d@example.org".formatted(number)))
                .append(
                        "filter",
                        new Document("categories", List.of("company-news"))
                                .append("tags", List.of())
                                .append("authors", List.of())
                                .append("keywords", List.of())
                                .append("events", List.of("PUBLISHED", "CORRECTED", "WITHDRAWN")))
                .append("schedule", new Document("digest", DIGEST).append("zone", "Asia/Shanghai"))
                .append("language", "en")
                .append("tokenHash", "hash")
                .append("secrets", List.of())
                .append("createdAt", now)
                .append("activeSince", now)
                .append("terms", List.of("c:company-news", "w:c:company-news"));
    }
}
