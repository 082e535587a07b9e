package broadsheet.notification.email;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;

/**
 * The small pages that links in mails lead to, in the language of the browser. Their addresses are capabilities: no cache
 * keeps them, no search engine lists them, and no page behind a link of theirs learns them.
 */
@Component
class EmailPages {

    private static final MediaType HTML = MediaType.parseMediaType("text/html;charset=UTF-8");
    private static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.CHINESE);
    private static final String PAGES_MAY =
            "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private final EmailProperties settings;
    private final EmailTemplates templates;

    EmailPages(EmailProperties settings, EmailTemplates templates) {
        this.settings = settings;
        this.templates = templates;
    }

    /** The page whose words begin with the name: its title, its text and, where there is one, its button, which posts to it. */
    ResponseEntity<String> page(HttpStatus status, String name, boolean button, ServerHttpRequest request) {
        Locale language = language(request);
        Map<String, String> more = button ? Map.of("button", templates.message(name + ".button", language)) : Map.of();
        return page(status, name, more, language);
    }

    /** The page that shows, this once, the token that manages a subscription. */
    ResponseEntity<String> confirmed(String subscription, String manageToken, ServerHttpRequest request) {
        return page(
                HttpStatus.OK,
                "confirm.done",
                Map.of("subscription", subscription, "manageToken", manageToken),
                language(request));
    }

    private ResponseEntity<String> page(HttpStatus status, String name, Map<String, String> more, Locale language) {
        var model = new HashMap<String, Object>(Map.of(
                "title", templates.message(name + ".title", language, settings.siteName()),
                "text", templates.message(name + ".text", language, settings.siteName()),
                "site", settings.siteName()));
        model.putAll(more);
        return ResponseEntity.status(status)
                .contentType(HTML)
                .cacheControl(CacheControl.noStore())
                .header("Content-Security-Policy", PAGES_MAY)
                .header("X-Robots-Tag", "noindex")
                .varyBy("Accept-Language")
                .body(templates.render("page.html", language, model));
    }

    private static Locale language(ServerHttpRequest request) {
        try {
            List<Locale.LanguageRange> wanted = request.getHeaders().getAcceptLanguage();
            Locale found = Locale.lookup(wanted, LANGUAGES);
            return found == null ? Locale.ENGLISH : found;
        } catch (IllegalArgumentException e) {
            return Locale.ENGLISH;
        }
    }
}
