package broadsheet.notification.event;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toUnmodifiableSet;

import broadsheet.notification.event.Notification.PublicArticle;
import broadsheet.notification.event.Notification.WithdrawnArticle;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What filters compare of an article, normalised: made once for an event, however many filters look at it.
 *
 * @param text the {@link WordSplitter} of title, subtitle and summary, with a line break between them that no phrase crosses
 */
public record NormalizedArticle(String category, Set<String> tags, Set<String> authors, String text) {

    /** Of a withdrawn article its category alone is known. */
    static NormalizedArticle of(Notification.Article article) {
        if (article instanceof PublicArticle shown) {
            return new NormalizedArticle(
                    WordSplitter.normalized(shown.category().slug()),
                    normalized(shown.tags()),
                    normalized(shown.authors()),
                    Stream.of(shown.title(), shown.subtitle(), shown.summary())
                            .filter(Objects::nonNull)
                            .map(WordSplitter::spaced)
                            .collect(joining("\n")));
        }
        var withdrawn = (WithdrawnArticle) article;
        return new NormalizedArticle(
                WordSplitter.normalized(withdrawn.category().slug()), Set.of(), Set.of(), "");
    }

    static Set<String> normalized(Collection<String> values) {
        return values.stream().map(WordSplitter::normalized).collect(toUnmodifiableSet());
    }
}
