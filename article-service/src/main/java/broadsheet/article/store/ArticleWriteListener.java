package broadsheet.article.store;

import broadsheet.article.workflow.Article;

/** Hears of each article that this instance has written, before whoever wrote it has its answer. It must not block. */
@FunctionalInterface
public interface ArticleWriteListener {

    void written(Article article);
}
