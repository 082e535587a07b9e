package broadsheet.notification.event;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Which events someone wants to know of: of one of the categories, and one of the tags, and one of the authors, and with
 * one of the keywords, where any are named. A keyword is a phrase: its {@link WordSplitter} stand together in title, subtitle or
 * summary. Values stay as they were given, whatever their case.
 *
 * @param events the kinds; none are all but milestones
 */
public record EventFilter(
        Set<String> categories, Set<String> tags, Set<String> authors, Set<String> keywords, Set<EventKind> events) {

    public EventFilter {
        categories = inOrder(categories);
        tags = inOrder(tags);
        authors = inOrder(authors);
        keywords = inOrder(keywords);
        events = inOrder(events);
        if (!keywords.stream().allMatch(EventFilter::isKeyword)) {
            throw new IllegalArgumentException("A keyword without a letter or digit: " + keywords);
        }
    }

    public static EventFilter everything() {
        return new EventFilter(Set.of(), Set.of(), Set.of(), Set.of(), Set.of());
    }

    /** Whether there is a word in it to look for. */
    public static boolean isKeyword(String text) {
        return !WordSplitter.spaced(text).isBlank();
    }

    /** Whether it looks into texts, which takes the time of many comparisons. */
    public boolean hasKeywords() {
        return !keywords.isEmpty();
    }

    public boolean wants(EventKind kind) {
        return wanted().contains(kind);
    }

    Set<EventKind> wanted() {
        return events.isEmpty() ? EventKind.DEFAULT : events;
    }

    /** A withdrawal is matched by its category alone: else trying words would show what the article said. */
    public boolean matches(PublicEvent event) {
        return FilterMatcher.of(this).matches(event);
    }

    private static <T> Set<T> inOrder(Collection<T> values) {
        return Collections.unmodifiableSet(new LinkedHashSet<>(values));
    }
}
