package broadsheet.notification.event;

import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * A filter with its values normalised once, to look at many events.
 *
 * @param phrases the {@link WordSplitter} of the keywords, with spaces around them
 */
record FilterMatcher(
        EventFilter filter, Set<String> categories, Set<String> tags, Set<String> authors, List<String> phrases) {

    static FilterMatcher of(EventFilter filter) {
        return new FilterMatcher(
                filter,
                NormalizedArticle.normalized(filter.categories()),
                NormalizedArticle.normalized(filter.tags()),
                NormalizedArticle.normalized(filter.authors()),
                filter.keywords().stream().map(WordSplitter::spaced).toList());
    }

    boolean matches(PublicEvent event) {
        NormalizedArticle article = event.terms();
        return filter.wants(event.kind())
                && (categories.isEmpty() || categories.contains(article.category()))
                && (event.isWithdrawal()
                        || (anyOf(tags, article.tags())
                                && anyOf(authors, article.authors())
                                && mentioned(article.text())));
    }

    private static boolean anyOf(Set<String> wanted, Set<String> present) {
        return wanted.isEmpty() || !Collections.disjoint(wanted, present);
    }

    private boolean mentioned(String text) {
        for (String phrase : phrases) { // a loop, since a search reads the whole history
            if (text.contains(phrase)) {
                return true;
            }
        }
        return phrases.isEmpty();
    }
}
