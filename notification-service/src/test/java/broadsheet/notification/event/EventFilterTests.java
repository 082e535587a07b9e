package broadsheet.notification.event;

import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.notification.ArticleEvents;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EventFilterTests {

    /** Tags Campus and Science, by Ada Lovelace, subtitle "Exams begin", summary "The library opens on Sundays". */
    private static final ArticleTerms ARTICLE =
            ArticleTerms.of(ArticleEvents.published("7", "campus").article());

    @Test
    void withoutAnythingWantedEverythingIs() {
        assertThat(EventFilter.everything().matches(ARTICLE)).isTrue();
    }

    @Test
    void oneOfTheValuesIsEnough() {
        assertThat(filter(Set.of("sports", "campus"), Set.of(), Set.of(), Set.of())
                        .matches(ARTICLE))
                .isTrue();
        assertThat(filter(Set.of("sports", "arts"), Set.of(), Set.of(), Set.of())
                        .matches(ARTICLE))
                .isFalse();
    }

    @Test
    void everyParameterMustFit() {
        assertThat(filter(Set.of("campus"), Set.of("science"), Set.of("ada lovelace"), Set.of("library"))
                        .matches(ARTICLE))
                .isTrue();
        assertThat(filter(Set.of("campus"), Set.of("arts"), Set.of(), Set.of()).matches(ARTICLE))
                .isFalse();
    }

    @Test
    void caseDoesNotMatter() {
        assertThat(filter(Set.of("Campus"), Set.of("SCIENCE"), Set.of("ADA Lovelace"), Set.of("LIBRARY"))
                        .matches(ARTICLE))
                .isTrue();
    }

    @Test
    void tagsAndAuthorsFitAsAWhole() {
        assertThat(filter(Set.of(), Set.of("scien"), Set.of(), Set.of()).matches(ARTICLE))
                .isFalse();
        assertThat(filter(Set.of(), Set.of(), Set.of("ada"), Set.of()).matches(ARTICLE))
                .isFalse();
    }

    @Test
    void aKeywordIsLookedForInTitleSubtitleAndSummary() {
        for (String keyword : Set.of("title of 7", "exams", "sunday")) {
            assertThat(filter(Set.of(), Set.of(), Set.of(), Set.of(keyword)).matches(ARTICLE))
                    .as(keyword)
                    .isTrue();
        }
        assertThat(filter(Set.of(), Set.of(), Set.of(), Set.of("lovelace")).matches(ARTICLE))
                .isFalse();
    }

    private static EventFilter filter(
            Set<String> categories, Set<String> tags, Set<String> authors, Set<String> keywords) {
        return new EventFilter(categories, tags, authors, keywords);
    }
}
