package broadsheet.article.hits;

import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.events.ArticleHits;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class HitsTests {

    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    private final Hits hits = new Hits();

    @Test
    void hitsAreUnknownUntilTheTopicIsRead() {
        var listener = new HitsListener(hits);
        hits.keepNewest(new ArticleHits("a", 7, NOON, 1));

        assertThat(hits.of("a").hits()).isEqualTo(7);
        assertThat(hits.of("b").hits()).isNull();

        listener.onCaughtUp();
        assertThat(hits.of("b").hits()).isZero();
    }

    @Test
    void anOlderTotalChangesNothing() {
        hits.keepNewest(new ArticleHits("a", 7, NOON, 1));
        hits.keepNewest(new ArticleHits("a", 5, NOON.minusSeconds(1), 1));
        assertThat(hits.of("a").hits()).isEqualTo(7);

        hits.keepNewest(new ArticleHits("a", 9, NOON.plusSeconds(1), 1));
        assertThat(hits.of("a")).isEqualTo(new Hits.Total(9L, NOON.plusSeconds(1)));
    }
}
