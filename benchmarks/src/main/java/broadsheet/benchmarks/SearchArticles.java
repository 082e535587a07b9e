package broadsheet.benchmarks;

import broadsheet.embedded.FreePorts;
import broadsheet.testservers.process.EmbeddedServerMain;
import broadsheet.testservers.process.JavaProcess;
import com.mongodb.client.MongoClients;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.springframework.util.FileSystemUtils;

/** How long article-service takes to index many articles, and to answer readers who search and list them, each call one that no cache has. */
final class SearchArticles {

    private static final int POLL_MILLIS = 500;
    private static final List<String> SORTS = List.of("newest", "oldest", "updated", "title");

    private final SyntheticTexts texts = new SyntheticTexts(23);
    private final MeasuredCalls calls;

    private SearchArticles(String site, int calls) {
        this.calls = MeasuredCalls.ofReader(site, calls);
    }

    /** Takes how many articles, calls of each kind, and the options of article-service's JVM. */
    public static void main(String[] arguments) throws Exception {
        int articles = Integer.parseInt(arguments[0]);
        Path folder = Files.createTempDirectory("benchmark");
        int kafkaPort = FreePorts.any();
        int mongoPort = FreePorts.any();
        int port = FreePorts.any();
        String mongoUri = "mongodb://127.0.0.1:%d/broadsheet?w=majority&journal=true".formatted(mongoPort);
        try (var kafka = EmbeddedServerMain.kafka(folder, List.of("-Xmx512m"), kafkaPort);
                var mongo = EmbeddedServerMain.mongo(folder, List.of("-Xmx1g"), mongoPort);
                var service = new JavaProcess(
                        "article-service",
                        folder,
                        List.of(arguments).subList(2, arguments.length),
                        "broadsheet.article.ArticleService",
                        List.of(),
                        Map.of(
                                "BROADSHEET_PORT",
                                Integer.toString(port),
                                "BROADSHEET_MONGODB_URI",
                                mongoUri,
                                "BROADSHEET_KAFKA_BOOTSTRAP",
                                "127.0.0.1:" + kafkaPort))) {
            kafka.start();
            mongo.start();
            try (var store = MongoClients.create(mongoUri)) {
                long start = System.nanoTime();
                new PublishedArticles(store.getDatabase("broadsheet")).store(articles);
                System.out.printf("stored within %d s%n", secondsSince(start));
            }
            service.start();
            var measured = new SearchArticles("http://127.0.0.1:" + port, Integer.parseInt(arguments[1]));
            measured.untilIndexed(articles);
            System.out.printf("index: %d MiB on disk%n", bytes(folder.resolve("data/search-1")) >> 20);
            measured.run();
            System.out.printf("article-service: %d MiB at most%n", service.peakMemory() >> 20);
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
        System.exit(0);
    }

    private void untilIndexed(int articles) throws InterruptedException {
        long start = System.nanoTime();
        long answers = start;
        while (true) {
            try {
                calls.get("/api/articles?limit=1&sort=oldest");
                break;
            } catch (IOException e) {
                answers = e.getMessage() != null && e.getMessage().contains(": 503") ? answers : System.nanoTime();
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
        }
        System.out.printf(
                "started within %d s, %d articles indexed %d s later%n",
                TimeUnit.NANOSECONDS.toSeconds(answers - start), articles, secondsSince(answers));
    }

    private void run() throws Exception {
        measure("one English word", n -> texts.englishWord());
        measure("two English words", n -> texts.englishWord() + " " + texts.englishWord());
        measure("the most common word", n -> "ba");
        measure("a Chinese word", n -> texts.chineseWord());
        measure("two Chinese words written as one", n -> texts.chineseWord() + texts.chineseWord());
        calls.measure(
                "words, newest first, in a category",
                n -> "/api/articles?sort=newest&category=" + category() + "&q=" + texts.englishWord() + unlike(n));
        calls.measure(
                "any filter and order",
                n -> "/api/articles?sort=" + SORTS.get(n % SORTS.size()) + filters() + unlike(n));
        calls.measure(
                "a category, newest first (the store)", n -> "/api/articles?category=" + category() + behindAny());
        calls.measure(
                "related",
                n -> "/api/articles/article-%07d/related?limit=%d".formatted(texts.number(10_000), 1 + n % 10));
    }

    private void measure(String what, IntFunction<String> words) throws Exception {
        calls.measure(
                what, n -> "/api/articles?q=" + URLEncoder.encode(words.apply(n), StandardCharsets.UTF_8) + unlike(n));
    }

    private String filters() {
        return switch (texts.number(5)) {
            case 0 -> "&category=" + category() + "&tag=tag-" + texts.number(PublishedArticles.TAGS);
            case 1 -> "&author=Author+" + texts.number(PublishedArticles.AUTHORS) + "&category=" + category();
            case 2 -> "&to=2014-01-01";
            case 3 -> "&category=" + category();
            default -> "";
        };
    }

    private String category() {
        return "category-" + texts.number(PublishedArticles.CATEGORIES);
    }

    /** No two calls are alike, so that none is answered by the shared cache. */
    private String unlike(int number) {
        return "&from=1980-01-%02dT%02d:%02d:%02d.%03dZ"
                .formatted(1 + number % 28, texts.number(24), texts.number(60), texts.number(60), texts.number(1000));
    }

    /** The cursor of some article. */
    private String behindAny() {
        String place = "20%02d-01-01T00:00:00Z article-%07d".formatted(11 + texts.number(10), texts.number(1_000_000));
        return "&cursor="
                + Base64.getUrlEncoder().withoutPadding().encodeToString(place.getBytes(StandardCharsets.UTF_8));
    }

    private static long bytes(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    private static long secondsSince(long nanos) {
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - nanos);
    }
}
