package broadsheet.article.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.article.Grammar;
import broadsheet.article.content.CategoryLabel;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class FeedFormatTests {

    private static final Instant PUBLISHED = Instant.parse("2026-11-27T08:00:00.123Z");
    private static final String NASTY = "A ]]> & <b>\u0000\u0008\uFFFF \uD83D\uDE00 \uD800 مرحبا 新闻";
    private static final String CLEAN = "A ]]> & <b> \uD83D\uDE00  مرحبا 新闻";
    private static final String HTML = "<p>Some ]]> <em>words</em> \uD83D\uDE00 &amp; 新闻\u000B</p>";

    @Test
    void everyFormatFitsItsGrammarWhateverIsWritten() throws IOException {
        for (Feed feed : List.of(feed(), feed(nasty()), feed(plain(), nasty()), feed(plain()))) {
            assertThat(new Grammar("feed/rss.rnc").errors(FeedFormat.RSS.write(feed)))
                    .isEmpty();
            assertThat(new Grammar("feed/atom.rnc").errors(FeedFormat.ATOM.write(feed)))
                    .isEmpty();
            assertThat(jsonErrors(FeedFormat.JSON.write(feed))).isEmpty();
        }
    }

    @Test
    void xmlKeepsWhatItCanHold() throws Exception {
        for (FeedFormat format : List.of(FeedFormat.RSS, FeedFormat.ATOM)) {
            Document xml = xml(format.write(feed(nasty())));
            assertThat(text(xml, "*", "title", 1)).isEqualTo(CLEAN);
        }
        Document rss = xml(FeedFormat.RSS.write(feed(nasty())));
        assertThat(text(rss, "http://purl.org/rss/1.0/modules/content/", "encoded", 0))
                .isEqualTo("<p>Some ]]> <em>words</em> \uD83D\uDE00 &amp; 新闻</p>");
        assertThat(text(rss, "*", "guid", 0)).isEqualTo("urn:uuid:1");
        Document atom = xml(FeedFormat.ATOM.write(feed(nasty())));
        assertThat(atom.getElementsByTagNameNS("*", "entry")
                        .item(0)
                        .getAttributes()
                        .getNamedItem("xml:lang")
                        .getNodeValue())
                .isEqualTo("zh-CN");
    }

    @Test
    void theHubStandsInAtomAlone() {
        assertThat(new String(FeedFormat.ATOM.write(feed(plain())), UTF_8))
                .contains("rel=\"hub\" href=\"https://hub.example/\"");
        assertThat(new String(FeedFormat.RSS.write(feed(plain())), UTF_8)).doesNotContain("hub");
    }

    @Test
    void anEntryWhoseBodyIsTooLongHasItsSummaryOrItsTitle() {
        assertThat(new String(FeedFormat.JSON.write(feed(plain())), UTF_8))
                .contains("\"content_text\":\"Open day\"")
                .doesNotContain("content_html");
        assertThat(new String(FeedFormat.ATOM.write(feed(plain())), UTF_8)).doesNotContain("<content");
    }

    @Test
    void aGrammarRefusesWhatDoesNotFit() throws IOException {
        String atom = new String(FeedFormat.ATOM.write(feed(nasty())), UTF_8);
        assertThat(new Grammar("feed/atom.rnc")
                        .errors(atom.replaceAll("<id>.*?</id>", "").getBytes(UTF_8)))
                .isNotEmpty();
        String rss = new String(FeedFormat.RSS.write(feed(nasty())), UTF_8);
        assertThat(new Grammar("feed/rss.rnc").errors(rss.replaceAll("GMT", "").getBytes(UTF_8)))
                .isNotEmpty();
        String json = new String(FeedFormat.JSON.write(feed(nasty())), UTF_8);
        assertThat(jsonErrors(json.replace("content_html", "content").getBytes(UTF_8)))
                .isNotEmpty();
    }

    private static Feed feed(FeedEntry... entries) {
        return new Feed(
                "News – Broadsheet",
                "https://news.example/atom.xml",
                "https://news.example/",
                "https://news.example/site/icon.svg",
                "https://hub.example/",
                PUBLISHED,
                List.of(entries));
    }

    private static FeedEntry nasty() {
        return new FeedEntry(
                "urn:uuid:1",
                "https://news.example/news/a/b?x=1&y=2",
                NASTY,
                NASTY,
                HTML,
                NASTY,
                new CategoryLabel("a", NASTY),
                List.of(NASTY, "\uD83D\uDE00".repeat(25)),
                "zh-CN",
                "https://news.example/media/x.jpg?a&b",
                PUBLISHED,
                PUBLISHED.plusSeconds(1));
    }

    private static FeedEntry plain() {
        return new FeedEntry(
                "urn:uuid:2",
                "https://news.example/news/a/c",
                "Open day",
                null,
                null,
                "Ann",
                new CategoryLabel("a", "A"),
                List.of(),
                null,
                null,
                PUBLISHED,
                PUBLISHED);
    }

    private static List<String> jsonErrors(byte[] json) throws IOException {
        try (InputStream schema =
                Objects.requireNonNull(FeedFormatTests.class.getResourceAsStream("json-feed.schema.json"))) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(new String(schema.readAllBytes(), UTF_8), InputFormat.JSON)
                    .validate(new String(json, UTF_8), InputFormat.JSON)
                    .stream()
                    .map(Object::toString)
                    .toList();
        }
    }

    private static Document xml(byte[] document) throws Exception {
        var factory = DocumentBuilderFactory.newDefaultNSInstance();
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(document));
    }

    private static String text(Document xml, String namespace, String name, int index) {
        return xml.getElementsByTagNameNS(namespace, name).item(index).getTextContent();
    }
}
