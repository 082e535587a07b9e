package broadsheet.events;

/** A draft was begun; not public. */
public record ArticleCreated(ArticleSnapshot article) implements ArticleChanged {

    public ArticleCreated {
        Required.present("article", article);
    }
}
