package broadsheet.benchmarks;

import broadsheet.events.Envelope;
import broadsheet.events.EventCodec;
import broadsheet.events.Topic;
import broadsheet.testservers.StaffTokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** How fast views are counted again while others come, and how long those take to their totals meanwhile. */
final class RestateViews {

    private static final int POLL_MILLIS = 500;
    private static final Pattern STATE = Pattern.compile("\"state\":\"([a-z]+)\"");
    private static final Pattern COUNTED = Pattern.compile("\"counted\":(\\d+)");

    private final HttpClient http = HttpClient.newHttpClient();
    private final String restatements;
    private final String token = StaffTokens.of("bench", "OPERATOR");

    private RestateViews(String site) {
        this.restatements = site + "/api/stats/restatements";
    }

    /** Takes how many views, of how many articles, how many a second came before and come meanwhile, and the options of stats-service's JVM. */
    public static void main(String[] arguments) throws Exception {
        int views = Integer.parseInt(arguments[0]);
        int articles = Integer.parseInt(arguments[1]);
        int aSecond = Integer.parseInt(arguments[2]);
        List<String> jvm = List.of(arguments).subList(3, arguments.length);
        try (StatsServers servers = StatsServers.start(jvm);
                var producer = new ViewProducer(servers.bootstrapServers())) {
            publishKey(servers.bootstrapServers());
            Instant first = Instant.now().minusSeconds(views / aSecond);
            for (int view = 0; view < views; view++) {
                Instant at = first.plusMillis(view * 1_000L / aSecond);
                producer.send("article-%07d".formatted(view % articles), at, (metadata, failure) -> {});
            }
            servers.stats().start();
            long firstCount = servers.countedASecond(views);
            var meanwhile = new ViewToTotal(Duration.ofSeconds(5));
            Thread reader = daemon(() -> meanwhile.read(servers.bootstrapServers()));
            reader.start();
            daemon(() -> meanwhile.send(producer, aSecond, Duration.ofHours(1))).start();
            TimeUnit.SECONDS.sleep(5);
            new RestateViews(servers.site()).restate(views, articles, firstCount);
            meanwhile.print(aSecond);
            System.out.printf("stats-service: %d MiB at most%n", servers.stats().peakMemory() >> 20);
        }
        System.exit(0);
    }

    private void restate(int views, int articles, long first) throws Exception {
        long start = System.nanoTime();
        String id = begin();
        long counted = 0;
        while (true) {
            String now = call(
                    HttpRequest.newBuilder(URI.create(restatements + "/" + id)).GET());
            if (!"counting".equals(find(STATE, now))) {
                break;
            }
            String progress = find(COUNTED, now);
            if (counted == 0 && !progress.isEmpty() && Long.parseLong(progress) >= views) {
                counted = System.nanoTime();
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        double ready = (System.nanoTime() - start) / 1e9;
        double alone = counted == 0 ? ready : (counted - start) / 1e9;
        System.out.printf(
                "%,d views of %,d articles restated in %.0f s, %,d a second (first count: %,d); compared and ready after %.0f s%n",
                views, articles, alone, (long) (views / alone), first, ready);
    }

    private String begin() throws Exception {
        for (int attempt = 0; ; attempt++) {
            HttpResponse<String> begun = http.send(
                    authorized(HttpRequest.newBuilder(URI.create(restatements)).POST(BodyPublishers.noBody())),
                    BodyHandlers.ofString());
            if (begun.statusCode() == 202) {
                String location = begun.headers().firstValue("Location").orElseThrow();
                return location.substring(location.lastIndexOf('/') + 1);
            }
            if (attempt == 50) {
                throw new IOException(begun.statusCode() + " " + begun.body());
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS); // the key that signs the token is not known yet
        }
    }

    private String call(HttpRequest.Builder request) throws Exception {
        return http.send(authorized(request), BodyHandlers.ofString()).body();
    }

    private HttpRequest authorized(HttpRequest.Builder request) {
        return request.header("Authorization", "Bearer " + token).build();
    }

    private static String find(Pattern field, String json) {
        var found = field.matcher(json);
        return found.find() ? found.group(1) : "";
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "meanwhile");
        thread.setDaemon(true);
        return thread;
    }

    private static void publishKey(String bootstrapServers) throws Exception {
        Map<String, Object> clients = Map.of("bootstrap.servers", bootstrapServers);
        try (Admin admin = Admin.create(clients);
                var producer = new KafkaProducer<>(clients, new StringSerializer(), new ByteArraySerializer())) {
            admin.createTopics(List.of(Topic.STAFF_SESSIONS.newTopic((short) 1)))
                    .all()
                    .get(30, TimeUnit.SECONDS);
            producer.send(EventCodec.encode(Envelope.of("/article-service", Instant.now(), StaffTokens.key()))
                            .toRecord())
                    .get(30, TimeUnit.SECONDS);
        }
    }
}
