package broadsheet.notification.event;

import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.events.ArticleChanged;
import broadsheet.events.Envelope;
import broadsheet.notification.ArticleEvents;
import broadsheet.notification.event.FilterExplanation.Condition;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FilterExplanationTests {

    private static final EventFilter FILTER = new EventFilter(
            Set.of("Campus"), Set.of(), Set.of("Grace"), new LinkedHashSet<>(List.of("art", "EXAMS begin")), Set.of());

    @Test
    void eachConditionIsNamedWithTheValueThatMeetsIt() {
        var explanation = FilterExplanation.of(FILTER, event(ArticleEvents.published("7", "campus")));
        assertThat(explanation.matches()).isFalse();
        assertThat(explanation.conditions())
                .containsExactly(
                        new Condition("events", List.of("published", "corrected", "withdrawn"), "published"),
                        new Condition("categories", List.of("Campus"), "Campus"),
                        new Condition("authors", List.of("Grace"), null),
                        new Condition("keywords", List.of("art", "EXAMS begin"), "EXAMS begin"));
    }

    @Test
    void aWithdrawalIsExplainedByItsCategoryAlone() {
        var explanation = FilterExplanation.of(FILTER, event(ArticleEvents.withdrawn("7", "campus")));
        assertThat(explanation.matches()).isTrue();
        assertThat(explanation.conditions()).extracting(Condition::field).containsExactly("events", "categories");
    }

    private static PublicEvent event(ArticleChanged change) {
        return PublicEvent.of(new Envelope<>("1", "/article-service", Instant.EPOCH, change), notification -> "{}")
                .orElseThrow();
    }
}
