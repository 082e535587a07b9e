package broadsheet.notification.event;

import static java.util.stream.Collectors.toUnmodifiableSet;

import broadsheet.events.ArticleSnapshot;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What filters compare of an article, in lower case: made once for an event, however many filters look at it.
 *
 * @param texts title, subtitle and summary, as far as there are any
 */
record ArticleTerms(String category, Set<String> tags, Set<String> authors, List<String> texts) {

    static ArticleTerms of(ArticleSnapshot article) {
        return new ArticleTerms(
                lowerCase(article.category().slug()),
                lowerCase(article.tags()),
                lowerCase(article.authors()),
                Stream.of(article.title(), article.subtitle(), article.summary())
                        .filter(Objects::nonNull)
                        .map(ArticleTerms::lowerCase)
                        .toList());
    }

    static Set<String> lowerCase(Collection<String> values) {
        return values.stream().map(ArticleTerms::lowerCase).collect(toUnmodifiableSet());
    }

    private static String lowerCase(String value) {
        return value.toLowerCase(Locale.ROOT);
    }
}
