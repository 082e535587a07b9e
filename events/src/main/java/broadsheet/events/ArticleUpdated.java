package broadsheet.events;

/** The content of an article changed before it was published; not public. */
public record ArticleUpdated(ArticleSnapshot article) implements ArticleChanged {

    public ArticleUpdated {
        Required.present("article", article);
    }
}
