package broadsheet.notification.event;

import static java.util.stream.Collectors.toUnmodifiableSet;

import broadsheet.events.ArticleSnapshot;
import java.util.Collection;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which articles someone wants to know of: one of the categories, and one of the tags, and one of the authors, and one of
 * the keywords, where any are named. Case does not matter; a keyword is looked for in title, subtitle and summary.
 */
public record EventFilter(Set<String> categories, Set<String> tags, Set<String> authors, Set<String> keywords) {

    public EventFilter {
        categories = lowerCase(categories);
        tags = lowerCase(tags);
        authors = lowerCase(authors);
        keywords = lowerCase(keywords);
    }

    public static EventFilter everything() {
        return new EventFilter(Set.of(), Set.of(), Set.of(), Set.of());
    }

    /** A withdrawal is matched by its category alone: else trying words would show what the article said. */
    boolean matches(PublicEvent event) {
        return event.isWithdrawal() ? matchesCategory(event.article()) : matches(event.article());
    }

    public boolean matches(ArticleSnapshot article) {
        return matchesCategory(article)
                && anyOf(tags, article.tags())
                && anyOf(authors, article.authors())
                && mentioned(article);
    }

    private boolean matchesCategory(ArticleSnapshot article) {
        return categories.isEmpty()
                || categories.contains(lowerCase(article.category().slug()));
    }

    private static boolean anyOf(Set<String> wanted, Collection<String> present) {
        return wanted.isEmpty() || present.stream().map(EventFilter::lowerCase).anyMatch(wanted::contains);
    }

    private boolean mentioned(ArticleSnapshot article) {
        return keywords.isEmpty()
                || Stream.of(article.title(), article.subtitle(), article.summary())
                        .filter(Objects::nonNull)
                        .map(EventFilter::lowerCase)
                        .anyMatch(text -> keywords.stream().anyMatch(text::contains));
    }

    private static Set<String> lowerCase(Set<String> values) {
        return values.stream().map(EventFilter::lowerCase).collect(toUnmodifiableSet());
    }

    private static String lowerCase(String value) {
        return value.toLowerCase(Locale.ROOT);
    }
}
