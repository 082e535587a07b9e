package broadsheet.stats.counting;

import static broadsheet.stats.ViewEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.stats.StatsProperties;
import broadsheet.stats.TestStatsProperties;
import broadsheet.stats.classification.Classification;
import broadsheet.stats.classification.ClassifiedView;
import broadsheet.stats.classification.ViewClassifier;
import broadsheet.stats.classification.ViewRules;
import broadsheet.stats.position.PartitionPosition;
import broadsheet.stats.position.Place;
import broadsheet.stats.position.PlaceSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Classifications are a function of the records alone, wherever a reader starts and whatever the boundaries of its batches. */
class RereadPartitionTests {

    private static final int RECORDS = 600;

    @ParameterizedTest
    @CsvSource({"1, 350000", "2, 350000", "3, 350000", "4, 40", "5, 40", "6, 7", "7, 16", "8, 24", "9, 30"})
    void aReaderThatStartsAgainAtTheRememberedHorizonClassifiesTheSame(long seed, int remembered) {
        var random = new Random(seed);
        StatsProperties properties = TestStatsProperties.remembering(Duration.ofMinutes(1), remembered, 2);
        List<ConsumerRecord<String, byte[]>> records = records(seed);
        List<ClassifiedView> views = new ArrayList<>();
        List<PartitionPosition> positions = new ArrayList<>();
        var reference = new AssignedPartition(
                "t-0", 0, new Place(0, 0), properties, ViewRules.current(properties), null, PlaceSet.of());
        for (var record : records) {
            PartitionBatch one = read(reference, records, (int) record.offset(), (int) record.offset() + 1);
            views.addAll(one.views());
            positions.add(one.end());
        }
        assertThat(classifications(views)).isEqualTo(EnumSet.allOf(Classification.class));
        assertResentViewsAreDuplicatesWhereTheyStandBefore(records, views);

        for (int resume = 1; resume < RECORDS; resume += 1 + random.nextInt(20)) {
            PartitionPosition position = positions.get(resume - 1);
            int start = firstRemembered(records, position, properties);
            var again = new AssignedPartition(
                    "t-0", start, position.next(), properties, ViewRules.current(properties), null, PlaceSet.of());
            List<ClassifiedView> anew = new ArrayList<>();
            for (int from = start; from < RECORDS; ) {
                int to = Math.min(RECORDS, from + 1 + random.nextInt(50));
                PartitionBatch batch = read(again, records, from, to);
                anew.addAll(batch.views());
                assertThat(batch.end()).isEqualTo(positions.get(to - 1));
                from = to;
            }
            assertThat(anew).isEqualTo(views.subList(resume, RECORDS));
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 350000", "2, 40", "3, 7", "4, 24"})
    void instancesThatTakeThePartitionFromEachOtherClassifyLikeOne(long seed, int remembered) {
        var random = new Random(seed);
        StatsProperties properties = TestStatsProperties.remembering(Duration.ofMinutes(1), remembered);
        List<ConsumerRecord<String, byte[]>> records = records(seed);
        List<ClassifiedView> alone = read(
                        new AssignedPartition(
                                "t-0",
                                0,
                                new Place(0, 0),
                                properties,
                                ViewRules.current(properties),
                                null,
                                PlaceSet.of()),
                        records,
                        0,
                        RECORDS)
                .views();

        List<ClassifiedView> together = new ArrayList<>();
        PartitionPosition stored = new PartitionPosition("t-0", new Place(0, 0), Instant.EPOCH);
        while (stored.next().offset() < RECORDS) {
            int start = firstRemembered(records, stored, properties);
            var next = new AssignedPartition(
                    "t-0", start, stored.next(), properties, ViewRules.current(properties), null, PlaceSet.of());
            int to = (int) Math.min(RECORDS, stored.next().offset() + 1 + random.nextInt(60));
            PartitionBatch counted = read(next, records, start, to);
            together.addAll(counted.views());
            stored = counted.end();
            read(next, records, to, Math.min(RECORDS, to + random.nextInt(20))); // and then it dies
        }

        assertThat(together).isEqualTo(alone);
    }

    private static PartitionBatch read(
            AssignedPartition partition, List<ConsumerRecord<String, byte[]>> records, int from, int to) {
        return PartitionBatch.classify(partition, records.subList(from, to), record -> standsBefore(record, records));
    }

    private static void assertResentViewsAreDuplicatesWhereTheyStandBefore(
            List<ConsumerRecord<String, byte[]>> records, List<ClassifiedView> views) {
        Set<String> before = new HashSet<>();
        for (int offset = 0; offset < RECORDS; offset++) {
            String id = ResentEvent.id(records.get(offset));
            if (ResentEvent.isResent(records.get(offset))) {
                assertThat(views.get(offset).classification() == Classification.DUPLICATE)
                        .as("whether the resent view at %d is a duplicate", offset)
                        .isEqualTo(before.contains(id));
            }
            if (id != null) {
                before.add(id);
            }
        }
    }

    /** As {@link EarlierCopies} answers. */
    private static boolean standsBefore(
            ConsumerRecord<String, byte[]> record, List<ConsumerRecord<String, byte[]>> records) {
        return ResentEvent.of(record)
                .filter(event -> {
                    var search = new EarlierCopySearch(List.of(event));
                    records.stream()
                            .dropWhile(other -> other.timestamp() < search.from())
                            .takeWhile(other -> other.offset() < search.end())
                            .forEach(search::see);
                    return search.found().contains(record.offset());
                })
                .isPresent();
    }

    /** As Kafka answers {@code offsetsForTimes}. */
    private static int firstRemembered(
            List<ConsumerRecord<String, byte[]>> records, PartitionPosition position, StatsProperties properties) {
        long horizon =
                ViewClassifier.remembersFrom(position.clock(), properties).toEpochMilli();
        return records.stream()
                .filter(record -> record.timestamp() >= horizon)
                .mapToInt(record ->
                        (int) Math.min(record.offset(), position.next().offset()))
                .findFirst()
                .orElseThrow();
    }

    private static Set<Classification> classifications(List<ClassifiedView> views) {
        return EnumSet.copyOf(views.stream().map(ClassifiedView::classification).toList());
    }

    private static List<ConsumerRecord<String, byte[]>> records(long seed) {
        var views = new RandomViews(seed);
        return IntStream.range(0, RECORDS)
                .mapToObj(offset -> views.next(0, new Place(0, offset)))
                .toList();
    }
}
