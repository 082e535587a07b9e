package broadsheet.article.hits;

import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.events.ArticleHits;
import broadsheet.events.Envelope;
import broadsheet.events.EventCodec;
import broadsheet.kafka.TopicBeginning;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

class HitsTests {

    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    private final Hits hits = new Hits();
    private final HitsListener listener = new HitsListener(hits);

    @Test
    void hitsAreUnknownUntilTheTopicIsRead() {
        read(7, NOON, 1);

        assertThat(hits.of("a").hits()).isEqualTo(7);
        assertThat(hits.of("b").hits()).isNull();

        listener.onCaughtUp();
        assertThat(hits.of("b").hits()).isZero();
    }

    @Test
    void theLaterRecordOfTheLogCountsWhateverTheClockOfItsSenderSaid() {
        read(7, NOON, 1);
        read(9, NOON.minusSeconds(60), 1);

        assertThat(hits.of("a")).isEqualTo(new Hits.Total(9L, NOON.minusSeconds(60)));
    }

    @Test
    void anOlderTotalThatComesLaterInTheLogIsNotShown() {
        read(60, NOON.plusMillis(100), 1);
        read(54, NOON, 1); // read before by another instance, and sent after

        assertThat(hits.of("a")).isEqualTo(new Hits.Total(60L, NOON.plusMillis(100)));
    }

    @Test
    void inWhicheverOrderInstancesSendTotalsOfOneGenerationTheHighestIsShown() {
        var random = new Random(20261127);
        int highest = 0;
        for (int i = 0; i < 1_000; i++) {
            int total = i + random.nextInt(50);
            highest = Math.max(highest, total);
            read(total, NOON.plusMillis(random.nextInt(100_000)), 1);
            assertThat(hits.of("a").hits()).isEqualTo((long) highest);
        }
    }

    @Test
    void aTotalThatIsLowerLongAfterIsThatOfACountThatBeganAnew() {
        read(60, NOON, 1);
        read(1, NOON.plus(Hits.LONGEST_WAY), 1);

        assertThat(hits.of("a").hits()).isEqualTo(1);
    }

    @Test
    void aTotalThatWasCountedAnewMayFallAndNoEarlierCountReplacesIt() {
        read(9, NOON, 1);
        read(5, NOON, 2);
        assertThat(hits.of("a").hits()).isEqualTo(5);

        read(10, NOON.plusSeconds(1), 1); // the earlier count, which still goes on beside it
        assertThat(hits.of("a").hits()).isEqualTo(5);

        read(6, NOON.plusSeconds(1), 2);
        assertThat(hits.of("a").hits()).isEqualTo(6);
    }

    @Test
    void aTopicThatBeganAnewReplacesWhatWasReadOnceItIsReadToItsEnd() {
        read(9, NOON, 2);
        listener.onCaughtUp();

        listener.onBeginning(new TopicBeginning(Uuid.randomUuid(), Map.of(0, 0L), true));
        read(3, NOON, 1);
        assertThat(hits.of("a").hits()).isEqualTo(9);

        listener.onCaughtUp();
        assertThat(hits.of("a").hits()).isEqualTo(3);
    }

    @Test
    void anErasedArticleHasNoHitsOnAnyInstance() {
        var other = new Hits();
        var another = new HitsListener(other);
        listener.onCaughtUp();
        another.onCaughtUp();
        for (var instance : List.of(listener, another)) {
            instance.onRecord(record(9, NOON, 2));
            instance.onRecord(new ConsumerRecord<>("news.hits", 0, 1, "a", null));
        }

        assertThat(hits.of("a")).isEqualTo(new Hits.Total(0L, null));
        assertThat(other.of("a")).isEqualTo(new Hits.Total(0L, null));
    }

    @Test
    void anErasedArticleIsStillUnknownWhereTheTopicIsNotReadToItsEnd() {
        read(9, NOON, 2);
        listener.onRecord(new ConsumerRecord<>("news.hits", 0, 1, "a", null));

        assertThat(hits.of("a").hits()).isNull();
    }

    private void read(long total, Instant asOf, int generation) {
        listener.onRecord(record(total, asOf, generation));
    }

    private static ConsumerRecord<String, byte[]> record(long total, Instant asOf, int generation) {
        var sent = EventCodec.encode(Envelope.of("/test", asOf, new ArticleHits("a", total, asOf, generation)))
                .toRecord();
        var record = new ConsumerRecord<>(sent.topic(), 0, 0, sent.key(), sent.value());
        sent.headers().forEach(header -> record.headers().add(header));
        return record;
    }
}
