package broadsheet.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import broadsheet.embedded.FreePorts;
import broadsheet.testservers.process.EmbeddedServerMain;
import broadsheet.testservers.process.JavaProcess;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.model.Filters;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.springframework.util.FileSystemUtils;

/** How fast article-service imports lines into an embedded store, and how soon their events are sent. */
final class ImportArticles {

    private static final String PASSWORD = "a password for the benchmark";
    private static final Instant FIRST = Instant.parse("2010-01-01T00:00:00Z");
    private static final int SECONDS_BETWEEN = 3_600;
    private static final int WORDS = 350;
    private static final int WORDS_OF_TITLE = 8;
    private static final int POLL_MILLIS = 100;

    private final SyntheticTexts texts = new SyntheticTexts(7);
    private final HttpClient http = HttpClient.newHttpClient();
    private final String site;

    private ImportArticles(String site) {
        this.site = site;
    }

    /** Takes how many articles, how many seconds to wait before, and the options of article-service's JVM. */
    public static void main(String[] arguments) throws Exception {
        int articles = Integer.parseInt(arguments[0]);
        Path folder = Files.createTempDirectory("benchmark");
        int kafkaPort = FreePorts.any();
        int mongoPort = FreePorts.any();
        int port = FreePorts.any();
        String mongoUri = "mongodb://127.0.0.1:%d/broadsheet?w=majority&journal=true".formatted(mongoPort);
        try (var kafka = EmbeddedServerMain.kafka(folder, List.of("-Xmx512m"), kafkaPort);
                var mongo = EmbeddedServerMain.mongo(folder, List.of("-Xmx1g"), mongoPort);
                var store = MongoClients.create(mongoUri);
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
                                "BROADSHEET_ADMIN_PASSWORD",
                                PASSWORD,
                                "BROADSHEET_KAFKA_BOOTSTRAP",
                                "127.0.0.1:" + kafkaPort))) {
            kafka.start();
            mongo.start();
            service.start();
            var measured = new ImportArticles("http://127.0.0.1:" + port);
            Path file = folder.resolve("articles.ndjson");
            measured.write(file, articles);
            String token = measured.signIn();
            TimeUnit.SECONDS.sleep(Integer.parseInt(arguments[1]));
            measured.run(file, articles, token, store);
            System.out.printf("article-service: %d MiB at most%n", service.peakMemory() >> 20);
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
        System.exit(0);
    }

    private void run(Path file, int articles, String token, MongoClient store) throws Exception {
        long start = System.nanoTime();
        HttpResponse<String> accepted = http.send(
                HttpRequest.newBuilder(URI.create(site + "/api/imports"))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/x-ndjson")
                        .POST(BodyPublishers.ofFile(file))
                        .build(),
                BodyHandlers.ofString());
        long received = System.nanoTime();
        String job = accepted.headers().firstValue("Location").orElseThrow(() -> new IOException(accepted.body()));
        Document state = state(job, token);
        while (!List.of("done", "failed").contains(state.getString("state"))) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            state = state(job, token);
        }
        long end = System.nanoTime();
        if (state.get("created", Number.class).intValue() != articles) {
            throw new IOException(state.toJson());
        }
        System.out.printf(
                "%d MB sent within %.1f s; %d articles imported within %.1f s: %.0f/s, %.0f/s with the sending%n",
                Files.size(file) / 1_000_000,
                seconds(start, received),
                articles,
                seconds(received, end),
                articles / seconds(received, end),
                articles / seconds(start, end));
        while (store.getDatabase("broadsheet")
                        .getCollection("articles")
                        .find(Filters.exists("outbox.0"))
                        .first()
                != null) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        System.out.printf("all events sent %.1f s later%n", seconds(end, System.nanoTime()));
    }

    private static double seconds(long from, long to) {
        return (to - from) / 1e9;
    }

    private Document state(String job, String token) throws IOException, InterruptedException {
        return Document.parse(http.send(
                        HttpRequest.newBuilder(URI.create(site + job))
                                .header("Authorization", "Bearer " + token)
                                .build(),
                        BodyHandlers.ofString())
                .body());
    }

    /** Once it answers. */
    private String signIn() throws InterruptedException {
        HttpRequest session = HttpRequest.newBuilder(URI.create(site + "/api/session"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(new Document("username", "admin")
                        .append("password", PASSWORD)
                        .toJson()))
                .build();
        while (true) {
            try {
                HttpResponse<String> answer = http.send(session, BodyHandlers.ofString());
                if (answer.statusCode() < 300) {
                    return Document.parse(answer.body()).getString("token");
                }
            } catch (IOException e) {
                // it does not listen yet
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    private void write(Path file, int articles) throws IOException {
        try (Writer lines = Files.newBufferedWriter(file, UTF_8)) {
            for (int number = 0; number < articles; number++) {
                lines.write(article(number).toJson());
                lines.write('\n');
            }
        }
    }

    private Document article(int number) {
        boolean inEnglish = number % 2 == 0;
        String author = "author-" + texts.number(PublishedArticles.AUTHORS);
        return new Document("sourceId", "article " + number)
                .append("title", inEnglish ? texts.english(WORDS_OF_TITLE) : texts.chinese(WORDS_OF_TITLE))
                .append("slug", "article-%07d".formatted(number))
                .append(
                        "publishedAt",
                        FIRST.plusSeconds((long) number * SECONDS_BETWEEN).toString())
                .append("author", new Document("username", author).append("displayName", author))
                .append("category", "category-" + texts.number(PublishedArticles.CATEGORIES))
                .append("tags", List.of("tag-" + texts.number(PublishedArticles.TAGS)))
                .append(
                        "body",
                        new Document("format", "markdown")
                                .append("text", inEnglish ? texts.english(WORDS) : texts.chinese(WORDS)));
    }
}
