package broadsheet.article.imports.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import broadsheet.article.exports.ArticleLine;
import broadsheet.article.imports.format.ImportItem.Refused;
import broadsheet.events.ArticleSnapshot.Status;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordPressReaderTests {

    private static final String BEGIN = """
            <?xml version="1.0" encoding="UTF-8" ?>
            <!-- generator="WordPress/6.4" -->
            <rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
                xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
                xmlns:wp="http://wordpress.org/export/1.2/"><channel>
            <title>A blog</title><link>https://blog.example</link><language>de-DE</language>
            <wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>https://blog.example</wp:base_blog_url>
            <wp:author><wp:author_id>1</wp:author_id><wp:author_login><![CDATA[ada]]></wp:author_login>
              <wp:author_email>ada@blog.example</wp:author_email>
              <wp:author_display_name><![CDATA[Ada &amp; Co]]></wp:author_display_name></wp:author>
            <wp:category><wp:term_id>3</wp:term_id><wp:category_nicename>%E5%AD%A6</wp:category_nicename>
              <wp:category_parent>news</wp:category_parent><wp:cat_name><![CDATA[学]]></wp:cat_name></wp:category>
            <wp:category><wp:category_nicename>news</wp:category_nicename><wp:category_parent></wp:category_parent>
              <wp:cat_name><![CDATA[News &amp; more]]></wp:cat_name></wp:category>
            """;

    private static final String POST = """
            <item><title><![CDATA[Grüße &amp; <em>mehr</em>]]></title><link>https://blog.example/gruesse/</link>
            <dc:creator><![CDATA[ada]]></dc:creator><guid isPermaLink="false">https://blog.example/?p=7</guid>
            <content:encoded><![CDATA[First line
            second line

            <h2>Then</h2>

            [caption id="a"]<img src="https://blog.example/a.jpg" /> What is seen[/caption]

            <pre>a

            b</pre>]]></content:encoded>
            <excerpt:encoded><![CDATA[In short.]]></excerpt:encoded>
            <wp:post_id>7</wp:post_id><wp:post_date>2015-01-02 04:04:05</wp:post_date>
            <wp:post_date_gmt>2015-01-02 03:04:05</wp:post_date_gmt>
            <wp:post_modified_gmt>2016-01-02 03:04:05</wp:post_modified_gmt>
            <wp:post_name>gr%c3%bc%c3%9fe</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>
            <category domain="category" nicename="%e5%ad%a6"><![CDATA[学]]></category>
            <category domain="category" nicename="other"><![CDATA[Other]]></category>
            <category domain="post_tag" nicename="t"><![CDATA[A tag]]></category>
            <wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value><![CDATA[9]]></wp:meta_value></wp:postmeta>
            <wp:comment><wp:comment_id>1</wp:comment_id><wp:comment_content><![CDATA[First!]]></wp:comment_content>
              <wp:commentmeta><wp:meta_key>k</wp:meta_key><wp:meta_value>v</wp:meta_value></wp:commentmeta></wp:comment>
            </item>
            <item><title>a.jpg</title><guid>https://blog.example/a.jpg</guid><wp:post_id>9</wp:post_id>
            <wp:status>inherit</wp:status><wp:post_type>attachment</wp:post_type>
            <wp:attachment_url>http://blog.example/a.jpg</wp:attachment_url></item>
            """;

    @Test
    void aPostComesWithAllThatIsKnownOfIt() throws IOException {
        var read = read(POST);
        assertThat(read.categories()).containsExactly("news < null", "xue < news");
        assertThat(read.refused()).isEmpty();
        ArticleLine article = read.articles().get(0);
        assertThat(article.title()).isEqualTo("Grüße & mehr");
        assertThat(article.sourceId()).isEqualTo("wordpress:https://blog.example/?p=7");
        assertThat(article.slug()).isEqualTo("grusse");
        assertThat(article.status()).isEqualTo(Status.PUBLISHED);
        assertThat(article.summary()).isEqualTo("In short.");
        assertThat(article.category()).isEqualTo(new ArticleLine.CategoryName("xue", "学"));
        assertThat(article.tags()).containsExactly("A tag", "Other");
        assertThat(article.language()).isEqualTo("de-DE");
        assertThat(article.author()).isEqualTo(new ArticleLine.AuthorLine("ada", "Ada & Co"));
        assertThat(article.publishedAt()).isEqualTo(Instant.parse("2015-01-02T03:04:05Z"));
        assertThat(article.updatedAt()).isEqualTo(Instant.parse("2016-01-02T03:04:05Z"));
        assertThat(article.coverImage()).isEqualTo("https://blog.example/a.jpg");
        assertThat(html(article)).isEqualTo("""
                        <p>First line<br>
                        second line</p>
                        <h2>Then</h2>
                        <figure><img src="https://blog.example/a.jpg" /><figcaption>What is seen</figcaption></figure>
                        <pre>a

                        b</pre>
                        """);
    }

    @Test
    void whatOnlySomeMayReadIsADraftAndWhatIsNoPostIsRefused() throws IOException {
        var read = read(post("private", "", "post")
                + post("draft", "", "post")
                + post("publish", "secret", "post")
                + post("future", "", "post")
                + post("pending", "", "post")
                + post("trash", "", "post")
                + post("publish", "", "page")
                + "<item><title>A feed's</title></item>");
        assertThat(read.articles())
                .extracting(ArticleLine::status)
                .containsExactly(Status.DRAFT, Status.DRAFT, Status.DRAFT, Status.DRAFT, Status.IN_REVIEW);
        assertThat(read.refused())
                .containsExactly(
                        new Refused("post 5 'x'", "has the status 'trash'"),
                        new Refused("post 5 'x'", "is of type 'page', not 'post'"),
                        new Refused("post number 8 'A feed's'", "says not what it is (wp:post_type)"));
    }

    @Test
    void theBlockEditorsHtmlStaysAsItIs() {
        String blocks = "<!-- wp:paragraph -->\n<p>a</p>\n<!-- /wp:paragraph -->\n\n<!-- wp:list --><ul></ul>";
        assertThat(WordPressHtml.of(blocks)).isEqualTo(blocks);
    }

    @Test
    void charactersThatXmlHasNoPlaceForEndNothing() throws IOException {
        var read = read(post("draft", "", "post").replace("<title>x", "<title>x\u0008y"));
        assertThat(read.articles()).extracting(ArticleLine::title).containsExactly("x y");
    }

    @Test
    void anEncodingIsHeeded() throws IOException {
        String xml = (BEGIN + post("draft", "", "post").replace("<title>x", "<title>ü") + "</channel></rss>")
                .replace("UTF-8", "ISO-8859-1")
                .replace("学", "x");
        var read = ReadFile.of(ImportFormat.WORDPRESS, xml.getBytes(ISO_8859_1));
        assertThat(read.articles()).extracting(ArticleLine::title).containsExactly("ü");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE rss [<!ENTITY a \"b\">]><rss><channel><item><title>&a;</title></item></channel></rss>",
                "<!doctype rss SYSTEM \"file:///etc/passwd\"><rss></rss>",
                "<html><body/></html>",
                "<rss><channel><item><title>&undefined;</title></item></channel></rss>",
                "<rss><channel><item>",
                "PK\u0003\u0004",
                "",
                "<?xml version=\"1.0\" encoding=\"no-such\"?><rss/>"
            })
    void whatIsNoExportIsRefusedAsAWhole(String xml) {
        assertThatThrownBy(() -> ReadFile.of(ImportFormat.WORDPRESS, xml))
                .isInstanceOf(UnreadableFileException.class)
                .hasMessageNotContaining("passwd");
    }

    @Test
    void markupThatWouldFillTheMemoryEndsTheFile() {
        String attribute = "<rss a=\"" + ">".repeat(200_000) + "\"/>";
        String comment = "<rss><!-- " + "<a>".repeat(70_000) + " --></rss>";
        String text =
                "<rss><channel><item><title><![CDATA[" + "a>".repeat(5_000_000) + "]]></title></item></channel></rss>";
        for (String xml : List.of(attribute, comment, text)) {
            assertThatThrownBy(() -> ReadFile.of(ImportFormat.WORDPRESS, xml))
                    .isInstanceOf(UnreadableFileException.class)
                    .hasMessageContaining("too long");
        }
    }

    @Test
    void anItemOfAnySizeIsReadInLittleMemory() throws IOException {
        String elements = IntStream.range(0, 30)
                .mapToObj(n -> "<wp:e" + n + ">" + "x".repeat(1_000_000) + "</wp:e" + n + ">")
                .collect(Collectors.joining());
        assertThat(read(post("draft", "", "post").replace("<guid>", elements + "<guid>"))
                        .articles())
                .hasSize(1);
        assertThatThrownBy(() -> read(post("draft", "", "post")
                        .replace("<content:encoded>", "<content:encoded>" + "x".repeat(3_900_000))
                        .replace("<wp:post_id>5", "<wp:post_id>5" + "x".repeat(3_900_000))
                        .replace("<guid>", "<guid>" + "x".repeat(3_900_000))))
                .isInstanceOf(UnreadableFileException.class)
                .hasMessage("An item in it is too long");
    }

    @Test
    void elementsWithoutEndEndTheFile() {
        assertThatThrownBy(() -> ReadFile.of(ImportFormat.WORDPRESS, "<rss><channel><item>" + "<a>".repeat(1_000_000)))
                .isInstanceOf(UnreadableFileException.class)
                .hasMessage("Its elements are too deep");
    }

    @Test
    void tagsWithoutEndTakeNoTime() {
        String endless = "<pre>".repeat(600_000) + "\n\n<style>a\n\nb</STYLE>x";
        assertThat(WordPressHtml.of(endless)).endsWith("<style>a\n\nb</STYLE>\n<p>x</p>\n");
    }

    @Test
    void categoriesInACircleAreLaidOpen() throws IOException {
        String circle = """
                <wp:category><wp:category_nicename>a</wp:category_nicename><wp:category_parent>b</wp:category_parent>
                <wp:cat_name>A</wp:cat_name></wp:category>
                <wp:category><wp:category_nicename>b</wp:category_nicename><wp:category_parent>a</wp:category_parent>
                <wp:cat_name>B</wp:cat_name></wp:category>
                """;
        assertThat(read(circle).categories()).hasSize(4).containsAnyOf("a < null", "b < null");
    }

    private static String html(ArticleLine article) {
        return Objects.requireNonNull(Objects.requireNonNull(article.body()).text());
    }

    private static String post(String status, String password, String type) {
        return """
                <item><title>x</title><guid>g</guid><content:encoded>y</content:encoded><wp:post_id>5</wp:post_id>
                <wp:post_date_gmt>0000-00-00 00:00:00</wp:post_date_gmt><wp:status>%s</wp:status>
                <wp:post_password>%s</wp:post_password><wp:post_type>%s</wp:post_type></item>
                """.formatted(status, password, type);
    }

    private static ReadFile read(String items) throws IOException {
        return ReadFile.of(ImportFormat.WORDPRESS, (BEGIN + items + "</channel></rss>").getBytes(UTF_8));
    }
}
