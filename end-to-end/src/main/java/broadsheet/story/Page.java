package broadsheet.story;

import broadsheet.story.Draft.Credit;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page as a reader sees it: its words, without the mark-up. */
record Page(String html, String words) {

    private static final Pattern HITS = Pattern.compile("Hits:\\s*(\\d[\\d,]*)");

    static Page read(Site site, String url) throws IOException, InterruptedException {
        Mismatch.unless(!url.isEmpty(), "an article with a url", "it has none");
        Answer answer = site.page(url).expect(200);
        String type = answer.header("Content-Type");
        Mismatch.unless(type.startsWith("text/html"), "text/html from " + answer.call(), "got " + type);
        return new Page(answer.body(), words(answer.body()));
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
        Mismatch.unless(hits.find(), "'Hits: " + expected + "' on the page", "no 'Hits: N' is there");
        Mismatch.unlessEqual(
                "hits on the page", Long.toString(expected), hits.group(1).replace(",", ""));
    }

    /** Title, subtitle and every paragraph, and the way there from home. */
    void expectArticle(Draft draft, String section) {
        // the slash between them may be drawn by the stylesheet
        Pattern breadcrumb =
                Pattern.compile("Home\\W*" + Pattern.quote(section) + "\\W*" + Pattern.quote(draft.title()));
        Mismatch.unless(
                breadcrumb.matcher(words).find(),
                "breadcrumb 'Home / " + section + " / " + draft.title() + "'",
                "the page has none");
        expect("its title", draft.title());
        expect("its subtitle", Objects.requireNonNullElse(draft.subtitle(), ""));
        for (String paragraph : draft.body().text().split("\n+", -1)) {
            expect("a paragraph of its body", paragraph.replaceFirst("^#+ ", ""));
        }
    }

    void expectCredits(List<Credit> credits) {
        for (Credit credit : credits) {
            Pattern shown = Pattern.compile(Pattern.quote(credit.role()) + "\\W*" + Pattern.quote(credit.name()));
            Mismatch.unless(
                    shown.matcher(words).find(),
                    credit.role() + " / " + credit.name() + " on the page",
                    "it is missing");
        }
    }

    private void expect(String what, String text) {
        Mismatch.unless(words.contains(text), what + " on the page: " + text, "it is missing");
    }
}
