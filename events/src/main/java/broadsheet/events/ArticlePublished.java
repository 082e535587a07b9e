package broadsheet.events;

/** An article can now be read by anyone. */
public record ArticlePublished(ArticleSnapshot article) implements ArticleChanged {

    public ArticlePublished {
        Required.present("article", article);
    }
}
