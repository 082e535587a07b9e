package broadsheet.events;

import com.fasterxml.jackson.annotation.JsonIgnore;

/** What happened to an article; the article's id is the record's key. */
public sealed interface NewsEvent permits ArticleChanged, ArticleViewed, ArticleHits, ArticleMilestone {

    String articleId();

    @JsonIgnore
    default EventType type() {
        return EventType.of(this);
    }
}
