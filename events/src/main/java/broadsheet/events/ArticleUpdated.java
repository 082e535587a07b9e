package broadsheet.events;

/** An article changed without an announcement, such as its content or its way to publication. */
public record ArticleUpdated(ArticleSnapshot article) implements ArticleChanged {

    public ArticleUpdated {
        Required.present("article", article);
    }
}
