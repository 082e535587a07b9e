package broadsheet.events;

/** A published article's content changed. */
public record ArticleCorrected(ArticleSnapshot article) implements ArticleChanged {

    public ArticleCorrected {
        Required.present("article", article);
    }
}
