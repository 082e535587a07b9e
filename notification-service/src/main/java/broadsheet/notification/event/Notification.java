package broadsheet.notification.event;

import broadsheet.events.ArticleChanged;
import broadsheet.events.ArticleSnapshot;
import broadsheet.events.Envelope;
import broadsheet.events.EventType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What readers get to know about a change of an article.
 *
 * @param id of the event, the same however often a reader gets it
 * @param type {@code article.published}, {@code article.corrected} or {@code article.withdrawn}
 */
public record Notification(String id, String type, Instant time, Article article) {

    /** The notification of an event; none of what happens to a draft. */
    static Optional<Notification> of(Envelope<?> envelope) {
        if (!(envelope.event() instanceof ArticleChanged changed)) {
            return Optional.empty();
        }
        return type(changed)
                .map(type -> new Notification(envelope.id(), type, envelope.time(), article(changed.article())));
    }

    private static Optional<String> type(ArticleChanged event) {
        EventType type = event.type();
        return switch (type) {
            case ARTICLE_PUBLISHED -> Optional.of("article.published");
            case ARTICLE_CORRECTED -> Optional.of("article.corrected");
            case ARTICLE_WITHDRAWN -> Optional.of("article.withdrawn");
            case ARTICLE_CREATED,
                    ARTICLE_UPDATED,
                    ARTICLE_VIEWED,
                    ARTICLE_HITS,
                    ARTICLE_MILESTONE,
                    STAFF_KEY_PUBLISHED,
                    STAFF_SESSIONS_ENDED,
                    VIEWS_SPOOLED -> Optional.empty();
        };
    }

    private static Article article(ArticleSnapshot article) {
        return article.status() == ArticleSnapshot.Status.WITHDRAWN
                ? WithdrawnArticle.of(article)
                : PublicArticle.of(article);
    }

    /** An article as far as readers may know it. */
    public sealed interface Article {
        String id();
    }

    /** An article that anyone may read. */
    record PublicArticle(
            String id,
            String slug,
            String url,
            String title,
            @Nullable String subtitle,
            @Nullable String summary,
            Category category,
            List<String> tags,
            List<String> authors,
            @Nullable Instant publishedAt,
            long version)
            implements Article {

        static PublicArticle of(ArticleSnapshot article) {
            return new PublicArticle(
                    article.id(),
                    article.slug(),
                    article.url(),
                    article.title(),
                    article.subtitle(),
                    article.summary(),
                    Category.of(article),
                    article.tags(),
                    article.authors(),
                    article.publishedAt(),
                    article.version());
        }
    }

    /** What remains of a withdrawn article: enough to let go of it, and none of its words or names. */
    record WithdrawnArticle(String id, String url, Category category, long version) implements Article {

        static WithdrawnArticle of(ArticleSnapshot article) {
            return new WithdrawnArticle(article.id(), article.url(), Category.of(article), article.version());
        }
    }

    record Category(String slug, String name) {

        static Category of(ArticleSnapshot article) {
            return new Category(article.category().slug(), article.category().name());
        }
    }
}
