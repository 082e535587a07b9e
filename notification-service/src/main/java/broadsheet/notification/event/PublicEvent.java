package broadsheet.notification.event;

import broadsheet.events.ArticleMilestone;
import broadsheet.events.ArticleSnapshot;
import broadsheet.events.Envelope;
import java.util.Optional;
import java.util.function.Function;

/**
 * A notification with what every channel needs of it.
 *
 * @param terms what filters look at
 * @param json the notification, encoded once however many readers there are
 */
public record PublicEvent(Notification notification, NormalizedArticle terms, String json) {

    /** None of what readers may not know. */
    public static Optional<PublicEvent> of(Envelope<?> envelope, Function<Notification, String> json) {
        return Notification.of(envelope).map(notification -> of(notification, json));
    }

    /**
     * What is worth an alert about an article's numbers; none of what is for operators, or of an article that is not public.
     *
     * @param article as readers see it now
     */
    public static Optional<PublicEvent> of(
            Envelope<ArticleMilestone> milestone, ArticleSnapshot article, Function<Notification, String> json) {
        return Notification.of(milestone, article).map(notification -> of(notification, json));
    }

    private static PublicEvent of(Notification notification, Function<Notification, String> json) {
        return new PublicEvent(notification, NormalizedArticle.of(notification.article()), json.apply(notification));
    }

    public EventKind kind() {
        return notification.kind();
    }

    /** Whether the article has the tag, in whatever case. */
    public boolean isTagged(String tag) {
        return terms.tags().contains(WordSplitter.normalized(tag));
    }

    /** The publication that a correction follows, as far as the correction shows it; none where this is no correction. */
    public Optional<PublicEvent> correctedPublication() {
        return kind() == EventKind.CORRECTED
                        && notification.article() instanceof Notification.PublicArticle article
                        && article.publishedAt() != null
                ? Optional.of(new PublicEvent(notification.publishedAt(article.publishedAt()), terms, json))
                : Optional.empty();
    }

    boolean withdraws(PublicEvent earlier) {
        return isWithdrawal()
                && notification
                        .article()
                        .id()
                        .equals(earlier.notification.article().id());
    }

    boolean isWithdrawal() {
        return notification.article() instanceof Notification.WithdrawnArticle;
    }
}
