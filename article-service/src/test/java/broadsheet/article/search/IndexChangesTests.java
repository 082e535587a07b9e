package broadsheet.article.search;

import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.kafka.TopicBeginning;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class IndexChangesTests {

    private Instant now = Instant.parse("2026-11-28T12:00:00Z");
    private final IndexChanges changes = new IndexChanges(() -> now);

    @Test
    void aChangeIsBehindUntilItIsInTheIndex() throws InterruptedException {
        changes.goOnFrom(null);
        changes.onBeginning(new TopicBeginning(Uuid.randomUuid(), Map.of(0, 0L), true));
        changes.onRecord(record(0, "a"));
        now = now.plusSeconds(5);
        assertThat(changes.lag()).isEqualTo(Duration.ofSeconds(5));

        List<IndexChanges.Change> taken = changes.next(100, Duration.ZERO);
        now = now.plusSeconds(5);
        assertThat(changes.lag()).as("it failed, and is tried again").isEqualTo(Duration.ofSeconds(10));
        changes.indexed(taken);
        assertThat(changes.lag()).isZero();
    }

    private ConsumerRecord<String, byte[]> record(long offset, String articleId) {
        return new ConsumerRecord<>(
                "news.articles",
                0,
                offset,
                now.toEpochMilli(),
                TimestampType.CREATE_TIME,
                -1,
                -1,
                articleId,
                new byte[0],
                new RecordHeaders(),
                Optional.empty());
    }
}
