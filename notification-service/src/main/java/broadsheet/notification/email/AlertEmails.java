package broadsheet.notification.email;

import broadsheet.notification.channel.OutgoingMessage;
import broadsheet.notification.subscription.Subscription;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Writes the mail that tells a subscriber of events, with a way out that every mail program knows (RFC 2369, 2919, 8058). */
@Component
class AlertEmails {

    private final EmailProperties settings;
    private final EmailTemplates templates;
    private final InstantSource clock;

    AlertEmails(EmailProperties settings, EmailTemplates templates, InstantSource clock) {
        this.settings = settings;
        this.templates = templates;
        this.clock = clock;
    }

    /** The same message has the same {@code Message-ID} in every attempt, so that a mailbox can tell. */
    Email write(OutgoingMessage message, EmailAddress to, String unsubscribeToken) {
        Subscription subscription = message.subscription();
        Locale language = subscription.language();
        List<EmailEvent> events = message.events().stream()
                .map(event -> EmailEvent.of(event, templates, language, settings.baseUrl()))
                .toList();
        String unsubscribe = settings.baseUrl() + "/unsubscribe/" + unsubscribeToken;
        String subject = subject(message.kind(), events, language);
        Map<String, Object> model =
                Map.of("subject", subject, "events", events, "site", settings.siteName(), "unsubscribe", unsubscribe);
        return new Email(
                message.id() + "." + subscription.id(),
                settings.senderOfSite(),
                to,
                clock.instant(),
                subject,
                templates.render("alert.txt", language, model),
                templates.render("alert.html", language, model),
                headers(unsubscribe));
    }

    private String subject(OutgoingMessage.Kind kind, List<EmailEvent> events, Locale language) {
        return switch (kind) {
            case ALERT -> events.get(0).heading();
            case DIGEST ->
                events.size() == 1
                        ? events.get(0).heading()
                        : templates.message("digest.subject", language, events.size(), settings.siteName());
            case TEST -> templates.message("test.subject", language, settings.siteName());
        };
    }

    private Map<String, String> headers(String unsubscribe) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("List-Id", "<alerts." + settings.siteHost() + ">");
        headers.put("List-Unsubscribe", "<" + unsubscribe + ">");
        headers.put("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        return headers;
    }
}
