package broadsheet.notification.event;

import broadsheet.events.ArticleMilestone;
import broadsheet.events.ArticleSnapshot;
import broadsheet.events.Envelope;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Function;

/**
 * A notification with what every channel needs of it.
 *
 * @param terms what filters look at
 * @param json the notification, encoded once however many readers there are
 */
public record PublicEvent(Notification notification, NormalizedArticle terms, String json) {

    /** Of the events of one article. */
    public static final Comparator<PublicEvent> BY_VERSION = Comparator.comparingLong(
                    (PublicEvent event) -> event.notification().article().version())
            .thenComparing(event -> event.notification().time());

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

    /** The JSON with the link that says which way led to the article. */
    public String json(AlertWay way) {
        String own = notification.link();
        String link = notification.link(way);
        return own == null || link == null ? json : json.replace('"' + own + '"', '"' + link + '"');
    }

    public boolean isOfSameArticle(PublicEvent other) {
        return notification.article().id().equals(other.notification.article().id());
    }

    /** Whether it tells of a later version of its article: clocks of instances differ, versions do not. */
    public boolean isNewerThan(PublicEvent other) {
        return BY_VERSION.compare(this, other) > 0;
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
        return isWithdrawal() && isOfSameArticle(earlier);
    }

    boolean isWithdrawal() {
        return notification.article() instanceof Notification.WithdrawnArticle;
    }
}
