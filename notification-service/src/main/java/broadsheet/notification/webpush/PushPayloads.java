package broadsheet.notification.webpush;

import static java.util.stream.Collectors.joining;

import broadsheet.notification.channel.OutgoingMessage;
import broadsheet.notification.event.Notification;
import broadsheet.notification.event.Notification.Milestone;
import broadsheet.notification.event.Notification.PublicArticle;
import broadsheet.notification.event.Notification.WithdrawnArticle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts what happened into the words of a browser's notification. */
@Component
class PushPayloads {

    private final WebPushProperties settings;

    PushPayloads(WebPushProperties settings) {
        this.settings = settings;
    }

    PushPayload of(OutgoingMessage message) {
        return switch (message.kind()) {
            case ALERT -> alert(message.id(), message.events().get(0).notification());
            case DIGEST -> ofSite(message.id(), "digest", titles(message));
            case TEST -> ofSite(message.id(), "test", "Alerts arrive here.");
        };
    }

    private PushPayload alert(String id, Notification event) {
        if (event.article() instanceof PublicArticle article) {
            String tag = event.milestone() == null ? article.id() : article.id() + " milestone";
            return new PushPayload(id, event.type(), title(event), body(event, article), url(article.url()), tag);
        }
        return new PushPayload(
                id, event.type(), title(event), null, url("/"), event.article().id());
    }

    private PushPayload ofSite(String id, String type, String body) {
        return new PushPayload(id, type, settings.siteName(), body, url("/"), id);
    }

    private static String titles(OutgoingMessage digest) {
        return digest.events().stream()
                .map(event -> title(event.notification()))
                .collect(joining("\n"));
    }

    private static String title(Notification event) {
        if (event.article() instanceof WithdrawnArticle withdrawn) {
            return "Withdrawn: an article in " + withdrawn.category().name();
        }
        String title = ((PublicArticle) event.article()).title();
        return switch (event.kind()) {
            case CORRECTED -> "Corrected: " + title;
            case PUBLISHED, WITHDRAWN, MILESTONE -> title;
        };
    }

    private static @Nullable String body(Notification event, PublicArticle article) {
        Milestone milestone = event.milestone();
        if (milestone == null) {
            return article.summary() == null ? article.subtitle() : article.summary();
        }
        return switch (milestone.kind()) {
            case TRENDING -> "Many are reading this now.";
            case HITS_REACHED, TRAFFIC_DROPPED -> String.format(Locale.ENGLISH, "Read %,d times.", milestone.hits());
        };
    }

    private String url(String path) {
        return settings.baseUrl() + path;
    }
}
