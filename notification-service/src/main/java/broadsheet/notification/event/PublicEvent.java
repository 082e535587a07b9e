package broadsheet.notification.event;

import broadsheet.events.ArticleChanged;
import broadsheet.events.Envelope;
import java.util.Optional;
import java.util.function.Function;

/**
 * A notification with what every channel needs of it.
 *
 * @param terms what filters look at; not all of it is public once the article is withdrawn
 * @param json the notification, encoded once however many readers there are
 */
public record PublicEvent(Notification notification, ArticleTerms terms, String json) {

    static Optional<PublicEvent> of(Envelope<?> envelope, Function<Notification, String> json) {
        return envelope.event() instanceof ArticleChanged changed
                ? Notification.of(envelope)
                        .map(notification -> new PublicEvent(
                                notification, ArticleTerms.of(changed.article()), json.apply(notification)))
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
