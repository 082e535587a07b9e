package broadsheet.web.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import broadsheet.web.problem.InvalidFieldException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTests {

    @Test
    void whatIsMoreThanTheLimitOnlySaysThatThereIsANextPage() {
        assertThat(Page.of(List.of(1, 2, 3), 2, n -> "item " + n, n -> "after " + n))
                .isEqualTo(new Page<>(List.of("item 1", "item 2"), "after 2"));
        assertThat(Page.of(List.of(1, 2), 2, n -> "item " + n, n -> "after " + n))
                .isEqualTo(new Page<>(List.of("item 1", "item 2"), null));
    }

    @Test
    void whoAsksForNoLimitGetsTwenty() {
        assertThat(Page.limit(null)).isEqualTo(20);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 20, 100})
    void aLimitIsTaken(int limit) {
        assertThat(Page.limit(limit)).isEqualTo(limit);
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 101, Integer.MAX_VALUE})
    void aLimitOutsideIsRefused(int limit) {
        assertThatThrownBy(() -> Page.limit(limit))
                .isInstanceOfSatisfying(
                        InvalidFieldException.class,
                        e -> assertThat(e.getBody().getDetail())
                                .isEqualTo("Bad input: limit must be between 1 and 100"));
    }
}
