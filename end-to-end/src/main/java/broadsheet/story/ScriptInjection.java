package broadsheet.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.regex.Pattern;

/** An article that tries to run scripts in its readers' browsers, and the checks that none reaches them. */
final class ScriptInjection {

    private static final String ATTACK = "attackOnReaders";

    static final Draft DRAFT = Draft.of("Tags in \"titles\" <script>" + ATTACK + "(0)</script>", "html", """
            <p>Harmless <strong>words</strong> and <a href="https://example.org/">a good link</a>.</p>
            <script>attackOnReaders(1)</script>
            <p onclick="attackOnReaders(2)">A paragraph</p>
            <img src="x.png" onerror="attackOnReaders(3)">
            <a href="javascript:attackOnReaders(4)">one</a>
            <a href=" &#106;ava&#9;script:attackOnReaders(5)">two</a>
            <svg onload="attackOnReaders(6)"><script>attackOnReaders(7)</script></svg>
            <iframe srcdoc="&lt;script&gt;attackOnReaders(8)&lt;/script&gt;"></iframe>
            <object data="data:text/html,<script>attackOnReaders(9)</script>"></object>
            <form action="javascript:attackOnReaders(10)"><button>three</button></form>
            <math><mtext><style><img src=x onerror=attackOnReaders(11)></style></mtext></math>
            """);

    private static final Pattern ACTIVE = Pattern.compile(
            "(?i)<(script|iframe|object|embed|form|svg|math|style)\\b|<[^>]*\\son\\w+\\s*=|javascript:|srcdoc");

    private ScriptInjection() {}

    /** What anyone gets as JSON: its harmless part, nothing that runs. */
    static void expectHarmlessJson(SiteClient site, String articleId) throws IOException, InterruptedException {
        HttpAnswer answer =
                site.get("/api/articles/" + articleId + "?view=false").expect(200);
        String html = answer.json().path("body").path("html").asString("");
        assertThat(html).as("the harmless words in body.html").contains("words</strong>");
        assertThat(html).as("the good link in body.html").contains("https://example.org/");
        assertThat(html).as("no active content in body.html").doesNotContainPattern(ACTIVE);
        assertThat(html).as("no code in body.html").doesNotContain(ATTACK);
    }

    /** What anyone gets as a page, which has scripts of its own. */
    static void expectHarmlessPage(SiteClient site, String url) throws IOException, InterruptedException {
        String html = ReaderPage.read(site, url).html();
        assertThat(html).as("the harmless words on the page").contains("words</strong>");
        assertThat(html).as("an escaped title on the page").doesNotContain("<script>" + ATTACK);
        // the title, escaped, is the only one that may be there
        for (int attack = 1; attack <= 11; attack++) {
            String code = ATTACK + "(" + attack + ")";
            assertThat(html).as("no code from the body on the page").doesNotContain(code);
        }
        assertThat(!Pattern.compile("(?i)(href|src|action)\\s*=\\s*[\"']?\\s*javascript:")
                        .matcher(html)
                        .find())
                .as("whether no link on the page runs a script")
                .isTrue();
    }
}
