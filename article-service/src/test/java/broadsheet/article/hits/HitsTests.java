package broadsheet.article.hits;

import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.events.ArticleHits;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class HitsTests {

    private static final TopicPartition FILLED = new TopicPartition("news.hits", 0);
    private static final TopicPartition EMPTY = new TopicPartition("news.hits", 1);
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    private final Hits hits = new Hits();

    @Test
    void hitsAreUnknownUntilTheTopicIsRead() {
        var catchUp = new CatchUp(hits);
        try (var consumer = new MockConsumer<String, byte[]>("earliest")) {
            consumer.updateBeginningOffsets(Map.of(FILLED, 0L, EMPTY, 0L));
            consumer.updateEndOffsets(Map.of(FILLED, 2L, EMPTY, 0L));
            catchUp.onPartitionsAssigned(consumer, List.of(FILLED, EMPTY));
        }
        hits.announced(new ArticleHits("a", 7, NOON));
        catchUp.reached(FILLED, 1);

        assertThat(hits.of("a").hits()).isEqualTo(7);
        assertThat(hits.of("b").hits()).isNull();

        catchUp.reached(FILLED, 2);
        assertThat(hits.of("b").hits()).isZero();
    }

    @Test
    void anOlderAnnouncementChangesNothing() {
        hits.announced(new ArticleHits("a", 7, NOON));
        hits.announced(new ArticleHits("a", 5, NOON.minusSeconds(1)));
        assertThat(hits.of("a").hits()).isEqualTo(7);

        hits.announced(new ArticleHits("a", 9, NOON.plusSeconds(1)));
        assertThat(hits.of("a")).isEqualTo(new Hits.Total(9L, NOON.plusSeconds(1)));
    }
}
