package broadsheet.benchmarks;

import broadsheet.events.Envelope;
import broadsheet.testservers.StaffTokens;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How long it takes from the acknowledgement of a view by Kafka to an answer whose number holds it: the hits that anyone may
 * ask for, an article's numbers for operators, and the live stream; the first two are asked for every 50 ms.
 */
final class ViewToAnswer {

    private static final int ARTICLES = 100;
    private static final int POLL_MILLIS = 50;

    private final HttpClient http = HttpClient.newHttpClient();
    private final String site;
    private final String token = StaffTokens.of("ops", "OPERATOR");
    private final WaitingViews hits;
    private final WaitingViews article;
    private final WaitingViews live;

    private ViewToAnswer(String site, Duration warm) {
        long warmUntil = System.nanoTime() + warm.toNanos();
        this.site = site;
        this.hits = new WaitingViews(warmUntil);
        this.article = new WaitingViews(warmUntil);
        this.live = new WaitingViews(warmUntil);
    }

    /** Takes views a second, seconds of warming up, seconds that are measured, and the options of stats-service's JVM. */
    public static void main(String[] arguments) throws Exception {
        int aSecond = Integer.parseInt(arguments[0]);
        Duration warm = Duration.ofSeconds(Long.parseLong(arguments[1]));
        Duration time = Duration.ofSeconds(Long.parseLong(arguments[2]));
        List<String> jvm = List.of(arguments).subList(3, arguments.length);
        try (StatsServers servers = StatsServers.start(jvm);
                var producer = new ViewProducer(servers.bootstrapServers())) {
            servers.stats().start();
            producer.send("warm-up");
            servers.countedASecond(1);
            producer.announce(Envelope.of("/article-service", Instant.now(), StaffTokens.key()));
            articleIds().forEach(id -> producer.announce(PublishedArticle.event(id)));
            var measured = new ViewToAnswer(servers.site(), warm);
            measured.awaitKey();
            measured.inBackground("hits", measured::pollHits);
            measured.inBackground("article", measured::pollArticle);
            measured.inBackground("live", measured::followLive);
            measured.send(producer, aSecond, warm.plus(time));
            System.out.printf("view acknowledged to a number that holds it, %,d views a second:%n", aSecond);
            measured.hits.print("GET /api/stats/hits");
            measured.article.print("GET /api/stats/articles/{id}");
            measured.live.print("GET /api/stats/live");
            System.out.printf("stats-service: %d MiB at most%n", servers.stats().peakMemory() >> 20);
        }
        System.exit(0);
    }

    private static List<String> articleIds() {
        return IntStream.range(0, ARTICLES)
                .mapToObj(number -> "measured-" + number)
                .toList();
    }

    private void awaitKey() throws IOException, InterruptedException {
        while (http.send(request("/api/stats/ledger"), BodyHandlers.discarding())
                        .statusCode()
                != 200) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    private void send(ViewProducer producer, int aSecond, Duration time) {
        List<String> ids = articleIds();
        long start = System.nanoTime();
        int number = 0;
        for (long due = 0; due < time.toNanos(); due += 1_000_000_000L / aSecond) {
            while (System.nanoTime() - start < due) {
                LockSupport.parkNanos(due - (System.nanoTime() - start));
            }
            String id = ids.get(number++ % ARTICLES);
            producer.send(id, (metadata, failure) -> {
                for (WaitingViews way : List.of(hits, article, live)) {
                    way.acknowledged(id);
                }
            });
        }
    }

    /** What loops until the process ends. */
    private interface Loop {
        void run() throws IOException, InterruptedException;
    }

    private void inBackground(String name, Loop loop) {
        var thread = new Thread(
                () -> {
                    try {
                        loop.run();
                    } catch (IOException | InterruptedException e) {
                        System.err.println(name + " is no longer measured: " + e);
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    private void pollHits() throws IOException, InterruptedException {
        String path = "/api/stats/hits?ids=" + articleIds().stream().collect(Collectors.joining(","));
        HttpRequest anyone = HttpRequest.newBuilder(URI.create(site + path)).build();
        while (true) {
            json(anyone)
                    .path("items")
                    .forEach(item -> hits.total(
                            item.path("articleId").asString(), item.path("hits").asLong()));
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    /** Of one article, as whoever looks at it would. */
    private void pollArticle() throws IOException, InterruptedException {
        String id = articleIds().get(0);
        HttpRequest operator = request("/api/stats/articles/" + id);
        while (true) {
            article.total(id, json(operator).path("hits").asLong());
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    private void followLive() throws IOException, InterruptedException {
        HttpResponse<InputStream> stream = http.send(request("/api/stats/live"), BodyHandlers.ofInputStream());
        try (var lines = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("data:")) {
                    JsonMapper.shared()
                            .readTree(line.substring(5))
                            .path("articles")
                            .forEach(item -> live.total(
                                    item.path("articleId").asString(),
                                    item.path("total").asLong()));
                }
            }
        }
    }

    private JsonNode json(HttpRequest request) throws IOException, InterruptedException {
        return JsonMapper.shared()
                .readTree(http.send(request, BodyHandlers.ofString()).body());
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(URI.create(site + path))
                .header("Authorization", "Bearer " + token)
                .build();
    }
}
