package broadsheet.notification;

import broadsheet.events.ArticleChanged;
import broadsheet.events.ArticleCorrected;
import broadsheet.events.ArticleCreated;
import broadsheet.events.ArticleMilestone;
import broadsheet.events.ArticlePublished;
import broadsheet.events.ArticleSnapshot;
import broadsheet.events.ArticleUpdated;
import broadsheet.events.ArticleWithdrawn;
import broadsheet.events.Envelope;
import broadsheet.notification.event.PublicEvent;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** ArticleEvents as article-service would tell of them. */
public final class ArticleEvents {

    /** What {@link #corrected} says was wrong. */
    public static final String CORRECTION = "The doors open at ten.";

    private static final Instant TIME = Instant.parse("2026-05-04T10:00:00Z");

    private ArticleEvents() {}

    public static ArticleChanged created(String id, String category) {
        return new ArticleCreated(article(id, category, ArticleSnapshot.Status.DRAFT));
    }

    public static ArticleChanged updated(String id, String category) {
        return new ArticleUpdated(article(id, category, ArticleSnapshot.Status.DRAFT));
    }

    public static ArticleChanged published(String id, String category) {
        return new ArticlePublished(article(id, category, ArticleSnapshot.Status.PUBLISHED));
    }

    public static ArticleChanged corrected(String id, String category) {
        return new ArticleCorrected(article(id, category, ArticleSnapshot.Status.CORRECTED), CORRECTION);
    }

    public static ArticleChanged corrected(String id, String category, Instant publishedAt) {
        ArticleSnapshot article = article(id, category, ArticleSnapshot.Status.CORRECTED);
        return new ArticleCorrected(with(article.version(), publishedAt, publishedAt, article), CORRECTION);
    }

    /** The same, but of another version of the article. */
    public static ArticleChanged ofVersion(long version, ArticleChanged change) {
        ArticleSnapshot article = change.article();
        var other = with(version, article.publishedAt(), article.updatedAt(), article);
        if (change instanceof ArticleCorrected corrected) {
            return new ArticleCorrected(other, corrected.note());
        }
        return change instanceof ArticleWithdrawn ? new ArticleWithdrawn(other) : new ArticlePublished(other);
    }

    private static ArticleSnapshot with(
            long version, @Nullable Instant publishedAt, Instant updatedAt, ArticleSnapshot article) {
        return new ArticleSnapshot(
                article.id(),
                version,
                article.status(),
                article.slug(),
                article.url(),
                article.title(),
                article.subtitle(),
                article.summary(),
                article.category(),
                article.tags(),
                article.authors(),
                article.credits(),
                article.language(),
                article.coverImage(),
                publishedAt,
                updatedAt);
    }

    public static ArticleChanged withdrawn(String id, String category) {
        return new ArticleWithdrawn(article(id, category, ArticleSnapshot.Status.WITHDRAWN));
    }

    public static ArticleChanged published(String id, String category, String tag, String author) {
        return new ArticlePublished(
                article(id, category, ArticleSnapshot.Status.PUBLISHED, List.of(tag), List.of(author)));
    }

    /** As readers are told of it: that the article was read a thousand times, or by many now. */
    public static PublicEvent milestone(String id, String category, ArticleMilestone.Kind kind) {
        var noticed = new ArticleMilestone(id, kind, 1_000, TIME);
        return PublicEvent.of(
                        Envelope.of("/stats-service", TIME, noticed),
                        article(id, category, ArticleSnapshot.Status.PUBLISHED),
                        JsonMapper.shared()::writeValueAsString)
                .orElseThrow();
    }

    public static ArticleChanged titled(String id, String title) {
        ArticleSnapshot article = article(id, "campus", ArticleSnapshot.Status.PUBLISHED);
        return new ArticlePublished(new ArticleSnapshot(
                id,
                article.version(),
                article.status(),
                article.slug(),
                article.url(),
                title,
                null,
                null,
                article.category(),
                article.tags(),
                article.authors(),
                article.credits(),
                null,
                null,
                TIME,
                TIME));
    }

    public static ArticleSnapshot article(String id, String category, ArticleSnapshot.Status status) {
        return article(id, category, status, List.of("Campus", "Science"), List.of("Ada Lovelace"));
    }

    private static ArticleSnapshot article(
            String id, String category, ArticleSnapshot.Status status, List<String> tags, List<String> authors) {
        return new ArticleSnapshot(
                id,
                3,
                status,
                "slug-" + id,
                "/news/" + category + "/slug-" + id,
                "Title of " + id,
                "Exams begin",
                "The library opens on Sundays",
                new ArticleSnapshot.Section(category, "Name of " + category),
                tags,
                authors,
                List.of(),
                "en",
                null,
                TIME,
                TIME);
    }
}
