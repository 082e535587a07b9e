package broadsheet.stats.rollup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import broadsheet.stats.history.HourlyHits;
import broadsheet.stats.history.KeyHits;
import broadsheet.stats.rollup.BreakdownBuilder.Item;
import broadsheet.stats.rollup.BreakdownBuilder.Others;
import java.time.Instant;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BreakdownBuilderTests {

    private static final Instant DAY = Instant.parse("2026-03-01T00:00:00Z");

    @Test
    void wholeDaysAreAddedUp() {
        var builder = new BreakdownBuilder(DAY, DAY.plusSeconds(2 * 86_400));
        builder.add(DAY, "a", hits("a", 4, 2L, 3));
        builder.add(DAY.plusSeconds(86_400), "a", hits("a", 23, 5L, 4));
        builder.add(DAY, "b", hits("b", 0, 1L, 1));

        var breakdown = builder.top(10);
        assertThat(breakdown.items())
                .extracting(Item::key, Item::hits, Item::visitors)
                .containsExactly(tuple("a", 7L, 7L), tuple("b", 1L, 1L));
        assertThat(breakdown.other()).isEqualTo(new Others(0, 0));
        assertThat(breakdown.visitorsEstimated()).isFalse();
    }

    @Test
    void ofAPartOfADayTheHoursThatBeginInItCountAndTheirShareOfVisitors() {
        var builder = new BreakdownBuilder(DAY.plusSeconds(10 * 3_600 + 1), DAY.plusSeconds(12 * 3_600));
        var document = new Document(
                        "hits", new Document("10", 5L).append("11", 3L).append("12", 4L))
                .append("key", "a")
                .append("merged", 8L);
        builder.add(DAY, "a", KeyHits.of(document));

        var breakdown = builder.top(10);
        assertThat(breakdown.items()).containsExactly(new Item("a", 3, 2));
        assertThat(breakdown.visitorsEstimated()).isTrue();
    }

    @Test
    void whatIsNotNamedIsOtherAndAllHitsAreThere() {
        var builder = new BreakdownBuilder(DAY, DAY.plusSeconds(86_400));
        for (int key = 0; key < 10; key++) {
            builder.add(DAY, "key-" + key, hits("key-" + key, 1, key + 1L, 1));
        }
        builder.add(DAY, null, hits(null, 1, 100L, 50));

        var breakdown = builder.top(2);
        assertThat(breakdown.items()).extracting(Item::key).containsExactly("key-9", "key-8");
        assertThat(breakdown.other()).isEqualTo(new Others(136, 58));
    }

    private static KeyHits hits(@Nullable String key, int hour, long hits, long visitors) {
        return KeyHits.ofNumbers(key, HourlyHits.of(new Document(Integer.toString(hour), hits)), visitors);
    }
}
