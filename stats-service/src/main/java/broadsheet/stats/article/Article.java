package broadsheet.stats.article;

/** An article as statistics show it. */
public record Article(String articleId, String title, String url, Category category) {

    public record Category(String slug, String name) {}
}
