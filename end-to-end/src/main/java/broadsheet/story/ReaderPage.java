package broadsheet.story;

import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.story.Draft.Credit;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page as a reader sees it: its words, without the mark-up. */
record ReaderPage(String html, String words) {

    private static final Pattern HITS = Pattern.compile("Hits:\\s*(\\d[\\d,]*)");

    static ReaderPage read(SiteClient site, String url) throws IOException, InterruptedException {
        assertThat(url).as("an article with a url").isNotEmpty();
        HttpAnswer answer = site.page(url).expect(200);
        String type = answer.header("Content-Type");
        assertThat(type).as("text/html from " + answer.call()).startsWith("text/html");
        return new ReaderPage(answer.body(), words(answer.body()));
    }

    /** The text of HTML: no scripts, no tags, single spaces. */
    static String words(String html) {
        return html.replaceAll("(?is)<(script|style)\\b.*?</\\1>|<!--.*?-->", " ")
                .replaceAll("(?s)</?(a|abbr|b|data|em|i|small|span|strong|time)\\b[^>]*>", "")
                .replaceAll("(?s)<[^>]*>", " ")
                .replaceAll("&quot;|&#34;", "\"")
                .replaceAll("&#0?39;|&#x27;|&apos;", "'")
                .replaceAll("&nbsp;|&#160;", " ")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&")
                .replaceAll("\\s+", " ");
    }

    void expectHits(long expected) {
        Matcher hits = HITS.matcher(words);
        assertThat(hits.find()).as("whether 'Hits: N' is on the page").isTrue();
        assertThat(hits.group(1).replace(",", "")).as("hits on the page").isEqualTo(Long.toString(expected));
    }

    /** Title, subtitle and every paragraph, and the way there from home. */
    void expectArticle(Draft draft, String section) {
        // the slash between them may be drawn by the stylesheet
        Pattern breadcrumb =
                Pattern.compile("Home\\W*" + Pattern.quote(section) + "\\W*" + Pattern.quote(draft.title()));
        assertThat(words)
                .as("breadcrumb 'Home / " + section + " / " + draft.title() + "'")
                .containsPattern(breadcrumb);
        expect("its title", draft.title());
        expect("its subtitle", Objects.requireNonNullElse(draft.subtitle(), ""));
        for (String paragraph : draft.body().text().split("\n+", -1)) {
            expect("a paragraph of its body", paragraph.replaceFirst("^#+ ", ""));
        }
    }

    void expectCredits(List<Credit> credits) {
        for (Credit credit : credits) {
            Pattern shown = Pattern.compile(Pattern.quote(credit.role()) + "\\W*" + Pattern.quote(credit.name()));
            assertThat(words)
                    .as(credit.role() + " / " + credit.name() + " on the page")
                    .containsPattern(shown);
        }
    }

    private void expect(String what, String text) {
        assertThat(words).as(what + " on the page: " + text).contains(text);
    }
}
