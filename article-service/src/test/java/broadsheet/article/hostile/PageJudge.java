package broadsheet.article.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.htmlunit.CollectingAlertHandler;
import org.htmlunit.WebClient;
import org.htmlunit.html.DomAttr;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlPage;

/** Reads pages as a browser does, with a parser that our own code does not use, and says what of them could run. */
public final class PageJudge implements AutoCloseable {

    private static final Set<String> NEVER = Set.of(
            "iframe",
            "frame",
            "frameset",
            "object",
            "embed",
            "applet",
            "base",
            "svg",
            "math",
            "style",
            "template",
            "portal",
            "marquee",
            "isindex",
            "keygen",
            "dialog",
            "noembed",
            "plaintext",
            "xmp");
    private static final Set<String> WITH_URLS = Set.of(
            "href", "src", "action", "formaction", "data", "cite", "background", "poster", "xlink:href", "srcset");

    private final WebClient browser = new WebClient();
    private final List<String> alerts = new ArrayList<>();

    public PageJudge() {
        browser.getOptions().setJavaScriptEnabled(true);
        browser.getOptions().setCssEnabled(false);
        browser.getOptions().setThrowExceptionOnScriptError(false);
        browser.getOptions().setThrowExceptionOnFailingStatusCode(false);
        browser.setAlertHandler(new CollectingAlertHandler(alerts));
        browser.setWebConnection(new NoConnection());
    }

    /** Whether nothing of the page runs, or would, but the scripts that are its own. */
    public void isHarmless(String html, String attack) throws IOException {
        HtmlPage page = browser.loadHtmlCodeIntoCurrentWindow(html);
        assertThat(alerts).as(attack).isEmpty();
        for (DomElement element : page.getDomElementDescendants()) {
            String tag = element.getTagName().toLowerCase(Locale.ROOT);
            assertThat(NEVER).as("%s in %s", attack, element).doesNotContain(tag);
            switch (tag) {
                case "script" ->
                    assertThat(isOurs(element))
                            .as("%s in %s", attack, element.asXml())
                            .isTrue();
                case "link" ->
                    assertThat(element.getAttribute("href")).as(attack).doesNotContain("attack.example");
                case "meta" ->
                    assertThat(element.hasAttribute("http-equiv")).as(attack).isFalse();
                case "form" ->
                    assertThat(element.getAttribute("action")).as(attack).startsWith("/");
                default -> {}
            }
            for (DomAttr attribute : element.getAttributesMap().values()) {
                String name = attribute.getName().toLowerCase(Locale.ROOT);
                assertThat(name)
                        .as("%s in %s", attack, element)
                        .doesNotStartWith("on")
                        .isNotIn("style", "srcdoc", "ping");
                if (WITH_URLS.contains(name)) {
                    assertThat(scheme(attribute.getValue()))
                            .as("%s in %s", attack, element)
                            .isIn("", "https", "http", "mailto", "tel");
                }
            }
        }
    }

    private static boolean isOurs(DomElement script) {
        return script.getAttribute("src").startsWith("/site/")
                || script.getAttribute("type").equals("application/ld+json");
    }

    /** As browsers find it: white space and control characters in a URL are skipped (WHATWG URL). */
    private static String scheme(String url) {
        String plain = url.replaceAll("[\\x00-\\x20]", "");
        int colon = plain.indexOf(':');
        return colon > 0 && plain.substring(0, colon).matches("[A-Za-z][A-Za-z0-9+.-]*")
                ? plain.substring(0, colon).toLowerCase(Locale.ROOT)
                : "";
    }

    @Override
    public void close() {
        browser.close();
    }
}
