package broadsheet.notification.event;

import broadsheet.events.ArticleChanged;
import broadsheet.events.ArticleCorrected;
import broadsheet.events.ArticleMilestone;
import broadsheet.events.ArticlePublished;
import broadsheet.events.ArticleSnapshot;
import broadsheet.events.Envelope;
import broadsheet.events.EventType;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What readers get to know about an article: that it changed, or that its numbers are worth an alert.
 *
 * @param id of the event, the same however often a reader gets it
 * @param type that of its {@link EventKind}
 * @param correctionNote what was corrected, only where it is a correction that says so
 * @param milestone only where it is one
 */
public record Notification(
        String id,
        String type,
        Instant time,
        Article article,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String correctionNote,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Milestone milestone) {

    /** The notification of an event; none of what happens to a draft, and none of what was imported. */
    static Optional<Notification> of(Envelope<?> envelope) {
        if (!(envelope.event() instanceof ArticleChanged changed)) {
            return Optional.empty();
        }
        return kind(changed)
                .map(kind -> new Notification(
                        envelope.id(), kind.type(), envelope.time(), article(changed.article()), note(changed), null));
    }

    static Optional<Notification> of(Envelope<ArticleMilestone> envelope, ArticleSnapshot article) {
        ArticleMilestone event = envelope.event();
        return article.status().isPublic() && Milestone.isPublic(event.kind())
                ? Optional.of(new Notification(
                        envelope.id(),
                        EventKind.MILESTONE.type(),
                        envelope.time(),
                        PublicArticle.of(article),
                        null,
                        new Milestone(event.kind(), event.hits())))
                : Optional.empty();
    }

    /** Where the stream and the list lead to the article; none of what is gone. */
    @JsonProperty("link")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public @Nullable String link() {
        return link(AlertWay.STREAM);
    }

    /** The article's address with the id that tells which alert led there, and by which way; none of what is gone. */
    public @Nullable String link(AlertWay way) {
        return article instanceof PublicArticle known ? known.url() + "?alert=" + id + "." + way.code() : null;
    }

    Notification publishedAt(Instant published) {
        return new Notification(id, EventKind.PUBLISHED.type(), published, article, null, null);
    }

    private static @Nullable String note(ArticleChanged event) {
        return event instanceof ArticleCorrected corrected ? corrected.note() : null;
    }

    public EventKind kind() {
        return Arrays.stream(EventKind.values())
                .filter(kind -> kind.type().equals(type))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isSilent(ArticleChanged event) {
        return event instanceof ArticlePublished published && published.tellsNobody();
    }

    private static Optional<EventKind> kind(ArticleChanged event) {
        EventType type = event.type();
        return switch (type) {
            case ARTICLE_PUBLISHED -> isSilent(event) ? Optional.empty() : Optional.of(EventKind.PUBLISHED);
            case ARTICLE_CORRECTED -> Optional.of(EventKind.CORRECTED);
            case ARTICLE_WITHDRAWN -> Optional.of(EventKind.WITHDRAWN);
            case ARTICLE_CREATED,
                    ARTICLE_UPDATED,
                    ARTICLE_VIEWED,
                    ARTICLE_HITS,
                    ARTICLE_MILESTONE,
                    ALERT_SENT,
                    STAFF_KEY_PUBLISHED,
                    STAFF_SESSIONS_ENDED,
                    STAFF_TOKEN_ISSUED,
                    VIEWS_SPOOLED,
                    VIEWS_STOPPED -> Optional.empty();
        };
    }

    private static Article article(ArticleSnapshot article) {
        return article.status() == ArticleSnapshot.Status.WITHDRAWN
                ? WithdrawnArticle.of(article)
                : PublicArticle.of(article);
    }

    /**
     * What is worth an alert about an article's numbers.
     *
     * @param hits the total when it was noticed
     */
    public record Milestone(ArticleMilestone.Kind kind, long hits) {

        /** That readers stay away is for operators. */
        static boolean isPublic(ArticleMilestone.Kind kind) {
            return switch (kind) {
                case HITS_REACHED, TRENDING -> true;
                case TRAFFIC_DROPPED -> false;
            };
        }
    }

    /** An article as far as readers may know it. */
    public sealed interface Article {

        String id();

        /** Counts up with every change, so that it tells which of two changes is the later one. */
        long version();
    }

    /** An article that anyone may read. */
    public record PublicArticle(
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
    public record WithdrawnArticle(String id, String url, Category category, long version) implements Article {

        static WithdrawnArticle of(ArticleSnapshot article) {
            return new WithdrawnArticle(article.id(), article.url(), Category.of(article), article.version());
        }
    }

    public record Category(String slug, String name) {

        static Category of(ArticleSnapshot article) {
            return new Category(article.category().slug(), article.category().name());
        }
    }
}
