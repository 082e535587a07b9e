package broadsheet.stats.article;

import org.bson.Document;

/** An article as the numbers name it. */
public record Article(String articleId, String title, String url, Section category) {

    public record Section(String slug, String name) {}

    static Article of(Document stored) {
        Document category = stored.get("category", Document.class);
        return new Article(
                stored.getString("_id"),
                stored.getString("title"),
                stored.getString("url"),
                new Section(category.getString("slug"), category.getString("name")));
    }
}
