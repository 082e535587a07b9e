package broadsheet.events;

import com.fasterxml.jackson.annotation.JsonIgnore;

/** What happened to an article; the article's id is the record's key. */
public sealed interface NewsEvent extends Event permits ArticleChanged, ArticleViewed, ArticleHits, ArticleMilestone {

    String articleId();

    @JsonIgnore
    @Override
    default String recordKey() {
        return articleId();
    }
}
