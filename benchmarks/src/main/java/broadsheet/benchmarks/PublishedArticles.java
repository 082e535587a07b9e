package broadsheet.benchmarks;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.IntStream;
import org.bson.Document;

/** Stores published articles as article-service does, half of them in English, half in Chinese. */
final class PublishedArticles {

    static final int CATEGORIES = 20;
    static final int TAGS = 500;
    static final int AUTHORS = 200;

    private static final Instant FIRST = Instant.parse("2010-01-01T00:00:00Z");
    private static final int SECONDS_BETWEEN = 3_600;
    private static final int AT_ONCE = 500;
    private static final int WORDS = 350;
    private static final int WORDS_OF_TITLE = 8;

    private final SyntheticTexts texts = new SyntheticTexts(11);
    private final MongoCollection<Document> articles;

    PublishedArticles(MongoDatabase database) {
        this.articles = database.getCollection("articles");
    }

    void store(int many) {
        for (int from = 0; from < many; from += AT_ONCE) {
            articles.insertMany(IntStream.range(from, Math.min(many, from + AT_ONCE))
                    .mapToObj(this::article)
                    .toList());
        }
    }

    private Document article(int number) {
        String id = "article-%07d".formatted(number);
        Date published = Date.from(FIRST.plusSeconds((long) number * SECONDS_BETWEEN));
        String author = "Author " + texts.number(AUTHORS);
        return new Document("_id", id)
                .append("version", 4L)
                .append("status", "PUBLISHED")
                .append("slug", id)
                .append("addresses", List.of(id))
                .append("content", content(number % 2 == 0))
                .append(
                        "author",
                        new Document("username", author)
                                .append("displayName", author)
                                .append("isEditor", false))
                .append(
                        "dates",
                        new Document("created", published)
                                .append("updated", published)
                                .append("listed", published)
                                .append("published", published))
                .append("history", List.of())
                .append("writers", List.of())
                .append("publicVersion", 4L)
                .append("media", List.of())
                .append("publicMedia", List.of())
                .append("outbox", List.of());
    }

    private Document content(boolean inEnglish) {
        String text = inEnglish ? texts.english(WORDS) : texts.chinese(WORDS);
        int category = texts.number(CATEGORIES);
        return new Document("title", inEnglish ? texts.english(WORDS_OF_TITLE) : texts.chinese(WORDS_OF_TITLE))
                .append(
                        "body",
                        new Document("format", "MARKDOWN").append("text", text).append("html", "<p>" + text + "</p>"))
                .append("category", new Document("slug", "category-" + category).append("name", "Category " + category))
                .append("tags", List.of("tag-" + texts.number(TAGS), "tag-" + texts.number(TAGS)))
                .append("credits", List.of());
    }
}
