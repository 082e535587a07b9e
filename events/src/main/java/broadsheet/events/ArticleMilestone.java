package broadsheet.events;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/**
 * Something about an article's numbers that is worth an alert.
 *
 * @param hits the total when it was noticed
 */
public record ArticleMilestone(String articleId, Kind kind, long hits, Instant noticedAt) implements NewsEvent {

    public ArticleMilestone {
        Required.text("articleId", articleId);
        Required.present("kind", kind);
        Required.notNegative("hits", hits);
        Required.present("noticedAt", noticedAt);
    }

    public enum Kind {
        @JsonProperty("hits_reached")
        HITS_REACHED,
        @JsonProperty("trending")
        TRENDING,
        @JsonProperty("traffic_dropped")
        TRAFFIC_DROPPED
    }
}
