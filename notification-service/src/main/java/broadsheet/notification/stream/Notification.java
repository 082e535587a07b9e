package broadsheet.notification.stream;

import broadsheet.events.ArticleChanged;
import broadsheet.events.ArticleSnapshot;
import broadsheet.events.Envelope;
import broadsheet.events.EventType;
import broadsheet.events.NewsEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What readers are told about a change of an article.
 *
 * @param id of the event: who hears of it twice can tell by it
 * @param type {@code article.published}, {@code article.corrected} or {@code article.withdrawn}
 */
record Notification(String id, String type, Instant time, Article article) {

    /** The notification of an event; none of what happens to a draft. */
    static Optional<Notification> of(Envelope<?> envelope) {
        if (!(envelope.event() instanceof ArticleChanged changed)) {
            return Optional.empty();
        }
        return type(changed)
                .map(type -> new Notification(envelope.id(), type, envelope.time(), Article.of(changed.article())));
    }

    private static Optional<String> type(NewsEvent event) {
        EventType type = event.type();
        return switch (type) {
            case ARTICLE_PUBLISHED -> Optional.of("article.published");
            case ARTICLE_CORRECTED -> Optional.of("article.corrected");
            case ARTICLE_WITHDRAWN -> Optional.of("article.withdrawn");
            case ARTICLE_CREATED, ARTICLE_UPDATED, ARTICLE_VIEWED, ARTICLE_HITS, ARTICLE_MILESTONE -> Optional.empty();
        };
    }

    /** An article as the stream shows it. */
    record Article(
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
            long version) {

        static Article of(ArticleSnapshot article) {
            return new Article(
                    article.id(),
                    article.slug(),
                    article.url(),
                    article.title(),
                    article.subtitle(),
                    article.summary(),
                    new Category(article.category().slug(), article.category().name()),
                    article.tags(),
                    article.authors(),
                    article.publishedAt(),
                    article.version());
        }
    }

    record Category(String slug, String name) {}
}
