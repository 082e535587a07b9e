package broadsheet.stats.counting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import broadsheet.stats.StatsProperties;
import broadsheet.stats.StoredDocuments;
import broadsheet.stats.TestStatsProperties;
import broadsheet.stats.classification.ClassifiedView;
import broadsheet.stats.classification.ViewRules;
import broadsheet.stats.deadletter.UnreadableRecords;
import broadsheet.stats.generation.Generation;
import broadsheet.stats.generation.ServedCollections;
import broadsheet.stats.generation.ServedGenerations;
import broadsheet.stats.history.ArticleDays;
import broadsheet.stats.history.TestArticleDays;
import broadsheet.stats.kafka.DeadLetters;
import broadsheet.stats.kafka.ViewsTopic;
import broadsheet.stats.ledger.LedgerHours;
import broadsheet.stats.live.LiveCounts;
import broadsheet.stats.position.PartitionPositions;
import broadsheet.stats.position.Place;
import broadsheet.stats.position.PlaceSet;
import broadsheet.stats.projection.FenceMetrics;
import broadsheet.stats.projection.FencedProjectionWriter;
import broadsheet.stats.store.StatsCollections;
import broadsheet.stats.total.ArticleTotals;
import broadsheet.stats.total.HitsSender;
import broadsheet.testservers.TestServers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/**
 * Two instances that both believe to own every partition, a store that fails at any write, batches of any size, logs that
 * lose their end: the documents are those of one pass in which nothing went wrong.
 */
class CountingUnderFaultsIntegrationTests {

    private static final List<String> COLLECTIONS =
            List.of(ArticleTotals.COLLECTION, ArticleDays.COLLECTION, LedgerHours.COLLECTION);
    private static final Duration TIME_LIMIT = Duration.ofMinutes(1);

    private final StoredDocuments faulty = new StoredDocuments(TestServers.mongoUri("faults-" + UUID.randomUUID()));
    private final StoredDocuments clean = new StoredDocuments(TestServers.mongoUri("faults-" + UUID.randomUUID()));
    private final StatsProperties properties = TestStatsProperties.remembering(Duration.ofMinutes(1), 350_000);
    private final List<SimulatedPartition> partitions = List.of(new SimulatedPartition(0), new SimulatedPartition(1));
    private final List<ClassifiedView> expected = new ArrayList<>();
    private final Place[] expectedTo = {new Place(0, 0), new Place(0, 0)};

    @AfterEach
    void drop() {
        List.of(faulty, clean).forEach(store -> {
            store.drop();
            store.close();
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 33, 48})
    void theDocumentsAreThoseOfOneCleanPass(long seed) {
        var random = new Random(seed);
        var views = new RandomViews(seed);
        FailingCollections store = faulty.collections(mongo -> new FailingCollections(mongo, random));
        List<Instance> instances = List.of(new Instance(store), new Instance(store));

        for (int end = 0; end < 4; end++) {
            store.setFailing(true);
            for (int step = 0; step < 40; step++) {
                partitions.get(random.nextInt(2)).append(views);
                for (int more = random.nextInt(12); more > 0; more--) {
                    partitions.get(random.nextInt(2)).append(views);
                }
                instances.get(random.nextInt(2)).count(random.nextInt(2), 1 + random.nextInt(30));
            }
            store.setFailing(false);
            for (int partition = 0; partition < 2; partition++) {
                while (instances.get(random.nextInt(2)).count(partition, 50)) {}
                expectAll(partition);
                loseEnd(partition, random, views);
            }
        }
        for (int partition = 0; partition < 2; partition++) {
            while (instances.get(0).count(partition, 50)) {}
            expectAll(partition);
        }

        writer(clean.collections()).write(expected).block(TIME_LIMIT);
        for (String collection : COLLECTIONS) {
            assertThat(documents(faulty, collection)).as(collection).isEqualTo(documents(clean, collection));
        }
    }

    /** The records that are not counted yet, as a reader of the whole log classifies them. */
    private void expectAll(int number) {
        SimulatedPartition partition = partitions.get(number);
        var reader = new AssignedPartition(
                "topic-" + number,
                0,
                expectedTo[number],
                properties,
                ViewRules.current(properties),
                null,
                PlaceSet.of());
        expected.addAll(PartitionBatch.classify(reader, partition.records, partition::holdsBefore)
                .views());
        expectedTo[number] = partition.end();
    }

    /** Of the counted records and some that are not. */
    private void loseEnd(int number, Random random, RandomViews views) {
        SimulatedPartition partition = partitions.get(number);
        for (int uncounted = random.nextInt(10); uncounted > 0; uncounted--) {
            partition.append(views);
        }
        partition.loseEnd(Math.max(0, partition.records.size() - random.nextInt(40)));
    }

    private static FencedProjectionWriter writer(StatsCollections collections) {
        var served = new ServedCollections(collections, new ServedGenerations(collections));
        return new FencedProjectionWriter(
                collections,
                List.of(
                        new ArticleTotals(served, TestStatsProperties.THRESHOLDS),
                        TestArticleDays.of(served),
                        new LedgerHours(served)),
                Generation.FIRST,
                new FenceMetrics(new SimpleMeterRegistry()));
    }

    /** Without the sketches' bytes, in which few visitors stand in the order in which they came. */
    private static List<Document> documents(StoredDocuments store, String collection) {
        List<Document> documents = store.all(collection, new Document());
        documents.forEach(document -> document.remove("sketch"));
        documents.forEach(document -> document.remove("changes")); // one for each write, which batches decide
        // when: by the order in which the two partitions were counted
        documents.forEach(
                document -> document.computeIfPresent("reached", (field, times) -> ((Document) times).keySet()));
        documents.sort(Comparator.comparing(document -> document.getString("_id")));
        return documents;
    }

    /** As a process that reads all partitions. */
    private final class Instance {

        private final ViewCounting counting;
        private final List<SimulatedPartition.Consumer> consumers =
                partitions.stream().map(SimulatedPartition::consumer).toList();

        Instance(StatsCollections store) {
            ViewsTopic topic = mock();
            when(topic.id()).thenReturn(Mono.just("topic"));
            partitions.forEach(partition ->
                    when(topic.extent(partition.name.partition())).thenAnswer(asked -> Mono.just(partition.extent())));
            EarlierCopies earlierCopies = mock();
            when(earlierCopies.among(any()))
                    .thenReturn(record -> partitions.get(record.partition()).holdsBefore(record));
            DeadLetters deadLetters = mock();
            when(deadLetters.keep(any())).thenReturn(Mono.empty());
            var positions = new PartitionPositions(store);
            var unreadable = new UnreadableRecords(store, InstantSource.system());
            var metrics = new CountingMetrics(new SimpleMeterRegistry());
            counting = new ViewCounting(
                    properties,
                    new AssignedPartitions(new SeekToStoredPosition(
                            properties,
                            ViewRules.current(properties),
                            topic,
                            positions,
                            unreadable,
                            metrics,
                            null,
                            () -> true)),
                    earlierCopies,
                    new CountedLetters(unreadable, null, TIME_LIMIT),
                    unreadable,
                    writer(store),
                    deadLetters,
                    positions,
                    mock(HitsSender.class),
                    metrics,
                    new LiveCounts(mock()),
                    () -> true,
                    () -> true);
        }

        /** False at the end of the partition. */
        boolean count(int partition, int most) {
            var batch = consumers.get(partition).take(most);
            if (!batch.isEmpty()) {
                try {
                    counting.count(batch, consumers.get(partition));
                } catch (RuntimeException e) {
                    assertThat(e).hasStackTraceContaining("Injected");
                    consumers
                            .get(partition)
                            .seek(partitions.get(partition).name, batch.get(0).offset());
                }
            }
            return !batch.isEmpty();
        }
    }
}
