package broadsheet.notification.event;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Why a filter matches an event, or why not: what it asks, each condition with the value that meets it. */
public record FilterExplanation(boolean matches, List<Condition> conditions) {

    /**
     * One condition of a filter.
     *
     * @param field that of the filter
     * @param wanted one of these
     * @param matched the first of them that the event has; none where it has none, so the filter does not match
     */
    public record Condition(
            String field, List<String> wanted, @Nullable String matched) {}

    public static FilterExplanation of(EventFilter filter, PublicEvent event) {
        NormalizedArticle article = event.terms();
        var conditions = new ArrayList<Condition>();
        add(conditions, "events", names(filter.wanted()), name(event.kind())::equals);
        add(
                conditions,
                "categories",
                filter.categories(),
                value -> WordSplitter.normalized(value).equals(article.category()));
        if (!event.isWithdrawal()) {
            add(conditions, "tags", filter.tags(), value -> article.tags().contains(WordSplitter.normalized(value)));
            add(
                    conditions,
                    "authors",
                    filter.authors(),
                    value -> article.authors().contains(WordSplitter.normalized(value)));
            add(
                    conditions,
                    "keywords",
                    filter.keywords(),
                    value -> article.text().contains(WordSplitter.spaced(value)));
        }
        return new FilterExplanation(
                conditions.stream().allMatch(condition -> condition.matched() != null), conditions);
    }

    /** What was found, such as {@code categories: company-news}. */
    public List<String> reasons() {
        return conditions.stream()
                .filter(condition -> condition.matched() != null)
                .map(condition -> condition.field() + ": " + condition.matched())
                .toList();
    }

    private static void add(
            List<Condition> conditions, String field, Collection<String> wanted, Predicate<String> isMet) {
        if (!wanted.isEmpty()) {
            String matched = wanted.stream().filter(isMet).findFirst().orElse(null);
            conditions.add(new Condition(field, List.copyOf(wanted), matched));
        }
    }

    private static List<String> names(Set<EventKind> kinds) {
        return kinds.stream().sorted().map(FilterExplanation::name).toList();
    }

    /** As filters name it. */
    private static String name(EventKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
