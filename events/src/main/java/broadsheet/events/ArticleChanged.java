package broadsheet.events;

import com.fasterxml.jackson.annotation.JsonIgnore;

/** A change of an article, with the article as it is after it: the newest record of a key is the whole truth. */
public sealed interface ArticleChanged extends NewsEvent
        permits ArticleCreated, ArticleUpdated, ArticlePublished, ArticleCorrected, ArticleWithdrawn {

    ArticleSnapshot article();

    @JsonIgnore
    @Override
    default String articleId() {
        return article().id();
    }
}
