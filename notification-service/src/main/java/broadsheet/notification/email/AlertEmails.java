package broadsheet.notification.email;

import broadsheet.notification.channel.OutgoingMessage;
import broadsheet.notification.subscription.Subscription;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Writes the mail that tells a subscriber of events, with a way out that every mail program knows (RFC 2369, 2919, 8058). */
@Component
class AlertEmails {

    private static final int KEPT_CHARACTERS = 4 << 20;

    private final EmailProperties settings;
    private final EmailTemplates templates;
    private final InstantSource clock;

    /** Templates take as long as all else of a mail, and many subscribers are told the same. */
    private final Cache<WordsKey, AlertEmailText> words = Caffeine.newBuilder()
            .maximumWeight(KEPT_CHARACTERS)
            .<WordsKey, AlertEmailText>weigher((key, words) -> words.length())
            .build();

    AlertEmails(EmailProperties settings, EmailTemplates templates, InstantSource clock) {
        this.settings = settings;
        this.templates = templates;
        this.clock = clock;
    }

    /** The same message has the same {@code Message-ID} in every attempt, so that a mailbox can tell. */
    Email write(OutgoingMessage message, EmailAddress to, String unsubscribeToken) {
        Subscription subscription = message.subscription();
        AlertEmailText alert = words.get(WordsKey.of(message), key -> words(message));
        String unsubscribe = settings.baseUrl() + "/unsubscribe/" + unsubscribeToken;
        return new Email(
                message.id() + "." + subscription.id(),
                settings.senderOfSite(),
                to,
                clock.instant(),
                alert.subject(),
                alert.text(unsubscribe),
                alert.html(unsubscribe),
                headers(unsubscribe));
    }

    private AlertEmailText words(OutgoingMessage message) {
        Locale language = message.subscription().language();
        List<EmailEvent> events = message.events().stream()
                .map(event -> EmailEvent.of(event, templates, language, settings.baseUrl()))
                .toList();
        String placeholder = "unsubscribe-" + UUID.randomUUID();
        String subject = subject(message.kind(), events, language);
        Map<String, Object> model =
                Map.of("subject", subject, "events", events, "site", settings.siteName(), "unsubscribe", placeholder);
        return new AlertEmailText(
                subject,
                templates.render("alert.txt", language, model),
                templates.render("alert.html", language, model),
                placeholder);
    }

    /** An event's id stands for all that it says. */
    private record WordsKey(OutgoingMessage.Kind kind, List<String> events, Locale language) {

        static WordsKey of(OutgoingMessage message) {
            return new WordsKey(
                    message.kind(),
                    message.events().stream()
                            .map(event -> event.notification().id())
                            .toList(),
                    message.subscription().language());
        }
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
