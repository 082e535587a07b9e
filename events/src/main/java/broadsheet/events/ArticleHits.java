package broadsheet.events;

import java.time.Instant;
import java.util.Objects;

/**
 * An article's total of hits as of a moment: absolute, so that reading it twice does no harm.
 *
 * @param generation the count it is from: all views counted anew make the next one. A higher one replaces a lower one,
 *     within one a later record does, unless its total is lower and its moment not minutes later: it was overtaken; 1 where an event of an earlier release has none
 */
public record ArticleHits(String articleId, long hits, Instant asOf, Integer generation) implements NewsEvent {

    public static final int FIRST_GENERATION = 1;

    public ArticleHits {
        Required.text("articleId", articleId);
        Required.notNegative("hits", hits);
        Required.present("asOf", asOf);
        generation = Objects.requireNonNullElse(generation, FIRST_GENERATION);
        Required.notBelow("generation", FIRST_GENERATION, generation);
    }
}
