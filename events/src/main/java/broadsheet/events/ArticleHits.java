package broadsheet.events;

import java.time.Instant;

/** An article's total of hits as of a moment: absolute, so that reading it twice does no harm. */
public record ArticleHits(String articleId, long hits, Instant asOf) implements NewsEvent {

    public ArticleHits {
        Required.text("articleId", articleId);
        Required.notNegative("hits", hits);
        Required.present("asOf", asOf);
    }
}
