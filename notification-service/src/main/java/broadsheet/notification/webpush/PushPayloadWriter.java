package broadsheet.notification.webpush;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import broadsheet.notification.channel.OutgoingMessage;
import broadsheet.notification.channel.Translations;
import broadsheet.notification.event.AlertWay;
import broadsheet.notification.event.Notification;
import broadsheet.notification.event.Notification.Milestone;
import broadsheet.notification.event.Notification.PublicArticle;
import broadsheet.notification.event.Notification.WithdrawnArticle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts what happened into the words of a browser's notification, in its reader's language. */
@Component
class PushPayloadWriter {

    private final WebPushProperties settings;
    private final Translations words = new Translations("broadsheet.notification.webpush.messages");

    PushPayloadWriter(WebPushProperties settings) {
        this.settings = settings;
    }

    PushPayload of(OutgoingMessage message) {
        Locale language = message.subscription().language();
        return switch (message.kind()) {
            case ALERT -> alert(message.id(), message.events().get(0).notification(), language);
            case DIGEST -> ofSite(message.id(), "digest", titles(message, language));
            case TEST -> ofSite(message.id(), "test", words.text("test", language));
        };
    }

    private PushPayload alert(String id, Notification event, Locale language) {
        String title = title(event, language);
        if (event.article() instanceof PublicArticle article) {
            String tag = event.milestone() == null ? article.id() : article.id() + " milestone";
            return new PushPayload(
                    id,
                    event.type(),
                    title,
                    body(event, article, language),
                    url(requireNonNull(event.link(AlertWay.WEBPUSH))),
                    tag);
        }
        return new PushPayload(
                id, event.type(), title, null, url("/"), event.article().id());
    }

    private PushPayload ofSite(String id, String type, String body) {
        return new PushPayload(id, type, settings.siteName(), body, url("/"), id);
    }

    private String titles(OutgoingMessage digest, Locale language) {
        return digest.events().stream()
                .map(event -> title(event.notification(), language))
                .collect(joining("\n"));
    }

    private String title(Notification event, Locale language) {
        if (event.article() instanceof WithdrawnArticle withdrawn) {
            return words.text("withdrawn", language, withdrawn.category().name());
        }
        String title = ((PublicArticle) event.article()).title();
        return switch (event.kind()) {
            case CORRECTED -> words.text("corrected", language, title);
            case PUBLISHED, WITHDRAWN, MILESTONE -> title;
        };
    }

    private @Nullable String body(Notification event, PublicArticle article, Locale language) {
        Milestone milestone = event.milestone();
        if (event.correctionNote() != null) {
            return event.correctionNote();
        }
        if (milestone == null) {
            return article.summary() == null ? article.subtitle() : article.summary();
        }
        return switch (milestone.kind()) {
            case TRENDING -> words.text("trending", language);
            case HITS_REACHED, TRAFFIC_DROPPED -> words.text("hits", language, milestone.hits());
        };
    }

    private String url(String path) {
        return settings.baseUrl() + path;
    }
}
