package broadsheet.notification.email;

import broadsheet.notification.event.AlertWay;
import broadsheet.notification.event.Notification;
import broadsheet.notification.event.Notification.Article;
import broadsheet.notification.event.Notification.Milestone;
import broadsheet.notification.event.Notification.PublicArticle;
import broadsheet.notification.event.Notification.WithdrawnArticle;
import broadsheet.notification.event.PublicEvent;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a mail says of an event.
 *
 * @param heading also the subject of a mail that tells it alone
 * @param correction what was corrected
 * @param link none where the article is gone
 */
public record EmailEvent(
        String heading,
        @Nullable String correction,
        @Nullable String subtitle,
        @Nullable String summary,
        @Nullable String link) {

    public EmailEvent {
        subtitle = textOf(subtitle);
        summary = textOf(summary);
    }

    static EmailEvent of(PublicEvent event, EmailTemplates words, Locale language, String baseUrl) {
        Notification notification = event.notification();
        Article article = notification.article();
        if (article instanceof PublicArticle known) {
            return new EmailEvent(
                    heading(notification, known.title(), words, language),
                    notification.correctionNote(),
                    known.subtitle(),
                    known.summary(),
                    baseUrl + notification.link(AlertWay.EMAIL));
        }
        WithdrawnArticle withdrawn = (WithdrawnArticle) article;
        String heading =
                words.message("event.withdrawn", language, withdrawn.category().name());
        return new EmailEvent(heading, null, null, words.message("event.withdrawn.explained", language), null);
    }

    private static @Nullable String textOf(@Nullable String field) {
        return field == null || field.isBlank() ? null : field;
    }

    private static String heading(Notification notification, String title, EmailTemplates words, Locale language) {
        return switch (notification.kind()) {
            case PUBLISHED, WITHDRAWN -> title;
            case CORRECTED -> words.message("event.corrected", language, title);
            case MILESTONE -> milestone(notification.milestone(), title, words, language);
        };
    }

    private static String milestone(
            @Nullable Milestone milestone, String title, EmailTemplates words, Locale language) {
        if (milestone == null) {
            return title;
        }
        return switch (milestone.kind()) {
            case HITS_REACHED -> words.message("event.hits", language, milestone.hits(), title);
            case TRENDING, TRAFFIC_DROPPED -> words.message("event.trending", language, title);
        };
    }
}
