package broadsheet.benchmarks;

import com.mongodb.client.MongoClients;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How long stats-service takes to answer who asks for rankings, each call one that no cache has, while views are counted. */
final class AskForRankings {

    private static final int MOST_ITEMS = 100;
    private static final int PATIENCE_MINUTES = 10;
    private static final List<String> PERIODS = List.of("1h", "24h", "7d", "30d", "all");

    private final StatsServers servers;
    private final MeasuredCalls calls;
    private final Random random = new Random(7);
    private final int articles;
    private final Instant oldest;
    private final String since;

    private AskForRankings(StatsServers servers, int articles, int days, int calls) {
        this.servers = servers;
        this.articles = articles;
        this.calls = new MeasuredCalls(servers.site(), calls);
        this.oldest = Instant.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(days - 1L));
        this.since = "&from=" + oldest;
    }

    /** Takes articles, those read on each day, days, views a second meanwhile, calls of each kind, and the options of stats-service's JVM. */
    public static void main(String[] arguments) throws Exception {
        int articles = Integer.parseInt(arguments[0]);
        try (StatsServers servers = StatsServers.start(List.of(arguments).subList(5, arguments.length));
                var store = MongoClients.create(servers.mongoUri());
                var producer = new ViewProducer(servers.bootstrapServers())) {
            servers.publishStaffKey();
            long start = System.nanoTime();
            new ManyReadArticles(store.getDatabase("broadsheet"), articles)
                    .store(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
            System.out.printf("stored within %d s%n", TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start));
            servers.stats().start();
            var measured = new AskForRankings(
                    servers, articles, Integer.parseInt(arguments[2]), Integer.parseInt(arguments[4]));
            var ended = new AtomicBoolean();
            Thread views = new Thread(() -> measured.view(producer, Integer.parseInt(arguments[3]), ended), "views");
            views.start();
            measured.run();
            ended.set(true);
            views.join();
            System.out.printf("stats-service: %d MiB at most%n", servers.stats().peakMemory() >> 20);
        }
        System.exit(0);
    }

    private void view(ViewProducer producer, int aSecond, AtomicBoolean ended) {
        var which = new Random(8);
        while (!ended.get()) {
            producer.send(ManyReadArticles.id(articles - 1 - which.nextInt(Math.min(articles, 2_000))));
            pause(1_000 / Math.max(1, aSecond));
        }
    }

    private void run() throws Exception {
        for (String period : PERIODS) {
            awaitRanking(period);
        }
        awaitDays();
        for (String period : PERIODS) {
            calls.measure(period, call -> "/api/stats/top?period=" + period + "&limit=" + limit(call) + category(call));
        }
        calls.measure("trending", call -> "/api/stats/trending?limit=" + limit(call) + category(call));
        calls.measure("series of a month", call -> "/api/stats/articles/" + article() + "/series?interval=day");
        for (String path : List.of(
                "/api/stats/overview?interval=day&zone=Asia/Shanghai" + since,
                "/api/stats/overview?interval=month" + since,
                "/api/stats/overview?interval=hour",
                "/api/stats/breakdown?by=referrer" + since,
                "/api/stats/breakdown?by=category" + since,
                "/api/stats/breakdown?by=author",
                "/api/stats/breakdown?by=author" + since,
                "/api/stats/alerts",
                "/api/stats/ledger")) {
            calls.measure(path, call -> path);
        }
        for (String path : List.of(
                "",
                "/series?interval=day&zone=Asia/Kolkata" + since,
                "/series?interval=month" + since,
                "/badge.svg",
                "/curve",
                "/revisions")) {
            calls.measure("an article's " + path, call -> "/api/stats/articles/" + article() + path);
        }
        for (String by : List.of("channel", "referrer", "category")) {
            calls.measure(
                    "an article's " + by + since,
                    call -> "/api/stats/breakdown?by=" + by + "&article=" + article() + since);
        }
        String everyDay = ManyReadArticles.id(ManyReadArticles.READ_EVERY_DAY);
        for (String path : List.of(
                "articles/" + everyDay + "/series?interval=day&zone=Asia/Kolkata" + since,
                "articles/" + everyDay + "/series?interval=month" + since,
                "articles/" + everyDay,
                "articles/" + everyDay + "/revisions",
                "breakdown?by=channel&article=" + everyDay + since,
                "breakdown?by=referrer&article=" + everyDay + since,
                "export.csv?article=" + everyDay + since)) {
            calls.measure("of an article that is read every day, " + path, call -> "/api/stats/" + path);
        }
        calls.measure("hits of 100 articles", call -> "/api/stats/hits?ids=" + articles(MOST_ITEMS));
        calls.measure("an article's export" + since, call -> "/api/stats/export.csv?article=" + article() + since);
        calls.measureFirstByte("export of all by day" + since, "/api/stats/export.csv?interval=day" + since);
        calls.measureFirstByte("export of all by hour" + since, "/api/stats/export.ndjson?interval=hour" + since);
        calls.measureFirstByte("live", "/api/stats/live");
        servers.metrics("broadsheet_stats_rankings_seconds").forEach(System.out::println);
    }

    /** Until the service has added up all days. */
    private void awaitDays() throws Exception {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(PATIENCE_MINUTES);
        long start = System.nanoTime();
        while (System.nanoTime() < end) {
            if (calls.get("/api/stats/breakdown?by=channel" + "&from=" + oldest + "&to="
                            + oldest.plus(Duration.ofDays(1)))
                    .contains("direct")) {
                System.out.printf("added up within %d s%n", TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start));
                return;
            }
            pause(500);
        }
        throw new IllegalStateException("days are not added up");
    }

    private String article() {
        return ManyReadArticles.id(random.nextInt(articles));
    }

    private String articles(int number) {
        return Stream.generate(this::article).limit(number).collect(Collectors.joining(","));
    }

    private static int limit(int call) {
        return 1 + call % MOST_ITEMS;
    }

    private static String category(int call) {
        int number = call / MOST_ITEMS;
        return number == 0 ? "" : "&category=" + ManyReadArticles.category(number);
    }

    private void awaitRanking(String period) throws Exception {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(PATIENCE_MINUTES);
        while (System.nanoTime() < end) {
            try {
                if (calls.get("/api/stats/top?period=" + period).contains("\"rank\":")) {
                    return;
                }
            } catch (IOException e) {
                // not started yet
            }
            pause(500);
        }
        throw new IllegalStateException("no ranking of " + period);
    }

    private static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
