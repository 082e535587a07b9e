package broadsheet.events;

/** An article can no longer be read. */
public record ArticleWithdrawn(ArticleSnapshot article) implements ArticleChanged {

    public ArticleWithdrawn {
        Required.present("article", article);
    }
}
