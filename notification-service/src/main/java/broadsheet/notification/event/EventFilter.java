package broadsheet.notification.event;

import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * Which articles someone wants to know of: one of the categories, and one of the tags, and one of the authors, and one of
 * the keywords, where any are named. Case does not matter; a keyword is looked for in title, subtitle and summary.
 */
public record EventFilter(Set<String> categories, Set<String> tags, Set<String> authors, Set<String> keywords) {

    public EventFilter {
        categories = ArticleTerms.lowerCase(categories);
        tags = ArticleTerms.lowerCase(tags);
        authors = ArticleTerms.lowerCase(authors);
        keywords = ArticleTerms.lowerCase(keywords);
    }

    public static EventFilter everything() {
        return new EventFilter(Set.of(), Set.of(), Set.of(), Set.of());
    }

    /** Whether it looks into texts, which takes the time of many comparisons. */
    public boolean hasKeywords() {
        return !keywords.isEmpty();
    }

    /** A withdrawal is matched by its category alone: else trying words would show what the article said. */
    boolean matches(PublicEvent event) {
        return event.isWithdrawal() ? matchesCategory(event.terms()) : matches(event.terms());
    }

    boolean matches(ArticleTerms article) {
        return matchesCategory(article)
                && anyOf(tags, article.tags())
                && anyOf(authors, article.authors())
                && mentioned(article.texts());
    }

    private boolean matchesCategory(ArticleTerms article) {
        return categories.isEmpty() || categories.contains(article.category());
    }

    private static boolean anyOf(Set<String> wanted, Set<String> present) {
        return wanted.isEmpty() || !Collections.disjoint(wanted, present);
    }

    private boolean mentioned(List<String> texts) {
        if (keywords.isEmpty()) {
            return true;
        }
        for (String text : texts) { // loops, since a search reads the whole history
            for (String keyword : keywords) {
                if (text.contains(keyword)) {
                    return true;
                }
            }
        }
        return false;
    }
}
