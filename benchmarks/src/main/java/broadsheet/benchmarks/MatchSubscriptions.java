package broadsheet.benchmarks;

import broadsheet.embedded.FreePorts;
import broadsheet.events.ArticlePublished;
import broadsheet.events.ArticleSnapshot;
import broadsheet.events.Envelope;
import broadsheet.notification.event.EventFilter;
import broadsheet.notification.event.FilterIndexTerms;
import broadsheet.notification.event.PublicEvent;
import broadsheet.notification.subscription.DigestFrequency;
import broadsheet.notification.subscription.MatchingSubscriptions;
import broadsheet.notification.subscription.Subscription;
import broadsheet.notification.subscription.Subscriptions;
import broadsheet.notification.subscription.Target;
import broadsheet.testservers.process.EmbeddedServerMain;
import com.mongodb.reactivestreams.client.MongoClients;
import java.nio.file.Files;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.util.FileSystemUtils;
import reactor.core.publisher.Flux;

/** How long it takes to find the subscriptions that match an article among many that each ask for a keyword. */
final class MatchSubscriptions {

    private static final int WARM_UP = 300;
    private static final int ARTICLES = 300;
    private static final int WORDS = 20_000;
    private static final int HAN = 0x4E00;
    private static final int COMMON_HAN = 2_000;

    private final Random random = new Random(42);
    private final Subscriptions subscriptions;
    private final MatchingSubscriptions matching;

    private MatchSubscriptions(Subscriptions subscriptions, MatchingSubscriptions matching) {
        this.subscriptions = subscriptions;
        this.matching = matching;
    }

    public static void main(String[] arguments) throws Exception {
        var folder = Files.createTempDirectory("matching");
        int port = FreePorts.any();
        try (var mongo = EmbeddedServerMain.mongo(folder, List.of("-Xmx512m"), port);
                var client = MongoClients.create("mongodb://127.0.0.1:" + port + "/?w=majority&journal=true")) {
            mongo.start();
            var template = new ReactiveMongoTemplate(client, "broadsheet");
            var subscriptions = new Subscriptions(template);
            Flux.from(template.getMongoDatabase())
                    .flatMap(database ->
                            database.getCollection(subscriptions.collection()).createIndexes(subscriptions.indexes()))
                    .blockLast();
            new MatchSubscriptions(subscriptions, new MatchingSubscriptions(template))
                    .run(Integer.parseInt(arguments[0]));
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    private void run(int count) {
        Flux.range(0, count)
                .map(this::subscription)
                .flatMap(subscriptions::add, 128)
                .blockLast();
        IntStream.range(0, WARM_UP).forEach(article -> found(article()));
        long[] micros = new long[ARTICLES];
        int found = 0;
        int terms = 0;
        for (int article = 0; article < ARTICLES; article++) {
            PublicEvent event = article();
            long start = System.nanoTime();
            found += found(event);
            micros[article] = (System.nanoTime() - start) / 1_000;
            terms += FilterIndexTerms.of(event).size();
        }
        Arrays.sort(micros);
        System.out.printf(
                "%,d subscriptions: half of the articles matched within %.1f ms, 99 %% within %.1f ms; on average %d terms, %.1f found%n",
                count,
                micros[ARTICLES / 2] / 1e3,
                micros[ARTICLES * 99 / 100] / 1e3,
                terms / ARTICLES,
                (double) found / ARTICLES);
    }

    private int found(PublicEvent event) {
        return Objects.requireNonNull(matching.of(event, "").collectList().block())
                .size();
    }

    private Subscription subscription(int number) {
        var filter = new EventFilter(Set.of(), Set.of(), Set.of(), Set.of(keyword(number)), Set.of());
        return new Subscription(
                "subscription-" + number,
                1,
                Subscription.State.ACTIVE,
                new Target.EmailTarget("reader-" + number + "@example.org"),
                filter,
                new Subscription.Schedule(DigestFrequency.NONE, null, ZoneOffset.UTC),
                Locale.ENGLISH,
                "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                List.of(),
                null,
                Instant.EPOCH,
                Instant.EPOCH,
                null,
                null);
    }

    private String keyword(int number) {
        return switch (number % 3) {
            case 0 -> words(1);
            case 1 -> words(2);
            default -> han(3);
        };
    }

    private PublicEvent article() {
        var article = new ArticleSnapshot(
                "article",
                1,
                ArticleSnapshot.Status.PUBLISHED,
                "article",
                "/news/campus/article",
                words(10),
                han(40),
                words(60) + han(80),
                new ArticleSnapshot.Section("campus", "Campus"),
                List.of("science", "library"),
                List.of("Ada Lovelace"),
                List.of(),
                "en",
                null,
                Instant.EPOCH,
                Instant.EPOCH);
        var envelope = new Envelope<>("event", "/article-service", Instant.EPOCH, new ArticlePublished(article));
        return PublicEvent.of(envelope, notification -> "{}").orElseThrow();
    }

    private String words(int count) {
        return IntStream.range(0, count)
                .mapToObj(word -> "word" + random.nextInt(WORDS))
                .collect(Collectors.joining(" "));
    }

    private String han(int count) {
        return IntStream.range(0, count)
                .mapToObj(character -> Character.toString(HAN + random.nextInt(COMMON_HAN)))
                .collect(Collectors.joining());
    }
}
