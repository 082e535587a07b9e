package broadsheet.stats.projection;

import static broadsheet.stats.ViewEvents.view;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.events.ArticleViewed;
import broadsheet.events.ArticleViewed.Agent;
import broadsheet.stats.ExpectedCounts;
import broadsheet.stats.StoredDocuments;
import broadsheet.stats.TestStatsProperties;
import broadsheet.stats.classification.Classification;
import broadsheet.stats.classification.ClassifiedView;
import broadsheet.stats.generation.Generation;
import broadsheet.stats.history.ArticleDays;
import broadsheet.stats.history.TestArticleDays;
import broadsheet.stats.ledger.LedgerHours;
import broadsheet.stats.position.Place;
import broadsheet.stats.total.ArticleTotals;
import broadsheet.testservers.MongoServers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** Each record exactly once in each document, on the embedded server and on MongoDB. */
@ParameterizedClass
@MethodSource("servers")
class FencedProjectionWriterIntegrationTests {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration TIME_LIMIT = Duration.ofMinutes(1);

    private static final List<String> COLLECTIONS =
            List.of(ArticleTotals.COLLECTION, ArticleDays.COLLECTION, LedgerHours.COLLECTION);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final StoredDocuments store;
    private final FencedProjectionWriter writer;
    private final ExpectedCounts expected = new ExpectedCounts();

    FencedProjectionWriterIntegrationTests(String uri) {
        store = new StoredDocuments(uri);
        writer = newWriter();
    }

    static Stream<Named<String>> servers() {
        return MongoServers.uris("counts-" + UUID.randomUUID());
    }

    @AfterEach
    void drop() {
        store.drop();
        store.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void batchesThatAreRedeliveredWithOtherBoundariesCountOnce(long seed) {
        var random = new Random(seed);
        List<ClassifiedView> records = records(random, "t-0", 300);

        for (int read = 0; read < 4; read++) {
            // everything again from somewhere, as after a crash
            for (int from = read == 0 ? 0 : random.nextInt(200); from < records.size(); ) {
                int to = Math.min(records.size(), from + 1 + random.nextInt(80));
                count(records.subList(from, to));
                from = to;
            }
        }

        expected.assertIn(store);
    }

    @Test
    void whatACrashLeftHalfCountedIsCountedWhereItIsNotYet() {
        List<ClassifiedView> records = records(new Random(4), "t-0", 200);
        count(records.subList(0, 120));
        Document ledgerBefore = onlyLedgerHour();
        store.drop(ArticleDays.COLLECTION);
        store.drop(LedgerHours.COLLECTION);

        count(records);

        expected.assertIn(store);
        assertThat(ledgerBefore.getLong("received")).isEqualTo(120);
    }

    @Test
    void viewsThatCameWhileTheMemoryWasCutShortAreInTheLedgerOnce() {
        List<ClassifiedView> records = IntStream.range(0, 10)
                .mapToObj(offset -> new ClassifiedView(
                        "t-0",
                        new Place(0, offset),
                        Classification.COUNTED,
                        view("a", "v-" + offset, NOON),
                        NOON,
                        NOON,
                        offset >= 7))
                .toList();

        count(records.subList(0, 9));
        count(records);

        assertThat(onlyLedgerHour().getLong("received")).isEqualTo(10);
        assertThat(onlyLedgerHour().getLong("forgotten")).isEqualTo(3);
    }

    @Test
    void writersThatRaceFromDifferentPartitionsLoseNothing() {
        List<List<ClassifiedView>> partitions = IntStream.range(0, 6)
                .mapToObj(partition -> records(new Random(partition), "t-" + partition, 120))
                .toList();

        Flux.fromIterable(partitions)
                .flatMap(records -> Flux.fromIterable(batches(records, 20))
                        .concatMap(batch -> newWriter().write(batch))
                        .subscribeOn(Schedulers.boundedElastic()))
                .then()
                .block(TIME_LIMIT);

        expected.assertIn(store);
    }

    @Test
    void twoThatBothBelieveToOwnAPartitionCountOnce() {
        List<ClassifiedView> records = records(new Random(5), "t-0", 200);

        Flux.just(batches(records, 30), batches(records, 50), batches(records, 7))
                .flatMap(batches -> Flux.fromIterable(batches)
                        .concatMap(batch -> newWriter().write(batch))
                        .subscribeOn(Schedulers.boundedElastic()))
                .then()
                .block(TIME_LIMIT);

        expected.assertIn(store);
    }

    @Test
    void anArticleThatMovedToAnotherPartitionIsCountedFromBothInOneBatch() {
        List<ClassifiedView> records = new ArrayList<>(records(new Random(6), "t-0", 50));
        records.addAll(records(new Random(7), "t-12", 50));

        count(records);
        count(records);

        expected.assertIn(store);
    }

    @Test
    void aTopicThatWasMadeAnewIsCountedFromItsFirstRecord() {
        count(records(new Random(8), "old-0", 50));
        count(records(new Random(9), "new-0", 50));

        expected.assertIn(store);
    }

    @Test
    void whatALogHoldsAfterItLostItsEndIsCounted() {
        count(records(new Random(10), "t-0", 100));
        List<ClassifiedView> afterwards = records(new Random(11), "t-0", new Place(1, 60), 70);

        count(afterwards);
        count(afterwards);

        expected.assertIn(store);
    }

    @Test
    void fencesOfAnEarlierVersionWhichHaveNoEpochKeepWhatTheyKeptOut() {
        List<ClassifiedView> records = records(new Random(12), "t-0", new Place(3, 0), 200);
        count(records.subList(0, 120));
        COLLECTIONS.forEach(this::takeEpochsFromFences);

        count(records.subList(0, 120));
        COLLECTIONS.forEach(collection -> assertThat(fences(collection)).allMatch(Long.class::isInstance));
        count(records);

        expected.assertIn(store);
        assertThat(fences(LedgerHours.COLLECTION)).containsExactly(new Document("epoch", 3).append("offset", 199L));
    }

    private void takeEpochsFromFences(String collection) {
        store.all(collection, new Document())
                .forEach(document -> store.set(
                        collection,
                        document.getString("_id"),
                        "fence.t-0",
                        document.getEmbedded(List.of("fence", "t-0", "offset"), Long.class)));
    }

    private List<Object> fences(String collection) {
        return store.all(collection, new Document()).stream()
                .map(document -> document.get("fence", Document.class).get("t-0"))
                .toList();
    }

    @Test
    void anArticleThatOnlyRobotsOpenedHasNoHits() {
        ArticleViewed view = view("a", "robot", Agent.BOT, NOON);
        expected.bot(view);

        count(List.of(ClassifiedView.of("t-0", new Place(0, 0), Classification.BOT, view)));

        expected.assertIn(store);
        assertThat(store.find(ArticleTotals.COLLECTION, "a"))
                .containsEntry("hits", 0L)
                .doesNotContainKey("unsent");
    }

    @ParameterizedTest
    @ValueSource(strings = {"$a.b", "a\u0000b", "ä 漢字 🙂", " "})
    void anyTextCanBeAnArticlesId(String id) {
        ArticleViewed view = view("x" + id, "v", NOON);
        expected.counted(view);
        var record = ClassifiedView.of("t-0", new Place(0, 0), Classification.COUNTED, view);

        count(List.of(record));
        count(List.of(record));

        expected.assertIn(store);
    }

    @Test
    void whatIsReadAgainIsToldByEachProjection() {
        var first = ClassifiedView.of("t-0", new Place(0, 0), Classification.COUNTED, view("a", "v", NOON));
        var second = ClassifiedView.of("t-0", new Place(0, 1), Classification.COUNTED, view("a", "w", NOON));

        count(List.of(first));
        count(List.of(first, second));

        assertThat(meters.get("broadsheet.stats.fenced")
                        .tag("projection", ArticleTotals.COLLECTION)
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("broadsheet.stats.fenced").counters()).allMatch(fenced -> fenced.count() <= 1);
    }

    private FencedProjectionWriter newWriter() {
        return new FencedProjectionWriter(
                store.collections(),
                List.of(
                        new ArticleTotals(store.served(), TestStatsProperties.THRESHOLDS),
                        TestArticleDays.of(store.served()),
                        new LedgerHours(store.served())),
                Generation.FIRST,
                new FenceMetrics(meters));
    }

    private void count(List<ClassifiedView> records) {
        writer.write(records).block(TIME_LIMIT);
    }

    private Document onlyLedgerHour() {
        return store.all(LedgerHours.COLLECTION, new Document()).get(0);
    }

    private static List<List<ClassifiedView>> batches(List<ClassifiedView> records, int size) {
        return Flux.fromIterable(records)
                .buffer(size)
                .collectList()
                .blockOptional()
                .orElseThrow();
    }

    /** Few articles in two days, so that every document is touched again and again. */
    private List<ClassifiedView> records(Random random, String partition, int count) {
        return records(random, partition, new Place(0, 0), count);
    }

    private List<ClassifiedView> records(Random random, String partition, Place first, int count) {
        List<ClassifiedView> records = new ArrayList<>();
        for (int offset = 0; offset < count; offset++) {
            Place place = new Place(first.epoch(), first.offset() + offset);
            Classification classification = random.nextInt(3) == 0 ? anyOf(random) : Classification.COUNTED;
            Instant at = random.nextInt(5) == 0 ? NOON.plus(Duration.ofHours(12)) : NOON.plusSeconds(offset);
            String article = "article-" + random.nextInt(5);
            ArticleViewed view = receivedAtNoon(view(article, partition + "-" + random.nextInt(40), at));
            records.add(record(partition, place, classification, view));
        }
        return records;
    }

    private static Classification anyOf(Random random) {
        List<Classification> classifications = List.copyOf(EnumSet.allOf(Classification.class));
        return classifications.get(random.nextInt(classifications.size()));
    }

    private ClassifiedView record(String partition, Place place, Classification classification, ArticleViewed view) {
        ClassifiedView record = switch (classification) {
            case COUNTED, LATE, BOT, AUTOMATED, DOUBLE_CLICK, DUPLICATE ->
                ClassifiedView.of(partition, place, classification, view);
            case INVALID, DEAD_LETTERED ->
                new ClassifiedView(partition, place, classification, null, NOON, NOON, false);
        };
        expected.add(record);
        return record;
    }

    private static ArticleViewed receivedAtNoon(ArticleViewed view) {
        return new ArticleViewed(
                view.articleId(),
                view.revision(),
                view.occurredAt(),
                NOON,
                view.visitorKey(),
                view.channel(),
                view.referrerHost(),
                view.device(),
                view.agent(),
                view.agentRules(),
                view.alertId(),
                view.evidence());
    }
}
