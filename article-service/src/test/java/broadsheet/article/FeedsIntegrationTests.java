package broadsheet.article;

import static broadsheet.article.NewsroomClient.content;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Feeds over HTTP; each test has a category of its own. */
@ArticleServiceTest
class FeedsIntegrationTests {

    private static final String SITE = "https://news.example";
    private static final List<String> FILES = List.of("feed.xml", "atom.xml", "feed.json");

    private final WebTestClient http;
    private final NewsroomClient newsroom;
    private final String category = "feeds-" + UUID.randomUUID().toString().substring(0, 8);
    private String author = "";
    private String editor = "";

    FeedsIntegrationTests(@Autowired WebTestClient http) {
        this.http = http;
        this.newsroom = new NewsroomClient(http);
    }

    @BeforeEach
    void staffAndACategory() {
        author = newsroom.newAccount("ann", "AUTHOR");
        editor = newsroom.newAccount("ed", "EDITOR");
        newsroom.category(editor, category, "Feeds & more");
    }

    @Test
    void anArticleStandsInEveryFeedOfItWhole() {
        var content = new HashMap<>(content("All \"there\" & <is> \uD83D\uDE00", category));
        content.put("body", Map.of("format", "html", "text", """
                <p>Read <a href="/news/x">this</a>, <a href="#note">the note</a> and <a href="mailto:a@b.example">us</a>.</p>
                <img src="/media/a.jpg"> ]]> <script>alert(1)</script>"""));
        content.put("coverImage", "/media/cover.jpg");
        content.put("language", "zh-CN");
        content.put("tags", List.of("work", "新闻-" + category));
        String id = newsroom.published(author, editor, content);
        String url = SITE
                + newsroom.json(newsroom.get(author, "/api/articles/" + id)).get("url");

        for (String folder : List.of("", "/news/" + category, "/tag/" + encoded("新闻-" + category))) {
            assertThat(new Grammar("feed/rss.rnc").errors(body(folder + "/feed.xml")))
                    .isEmpty();
            assertThat(new Grammar("feed/atom.rnc").errors(body(folder + "/atom.xml")))
                    .isEmpty();
            Element item = xml(folder + "/feed.xml").selectXpath("//item").stream()
                    .filter(candidate -> candidate.select("guid").text().equals("urn:uuid:" + id))
                    .findFirst()
                    .orElseThrow();
            assertThat(item.select("title").text()).isEqualTo("All \"there\" & <is> \uD83D\uDE00");
            assertThat(item.select("link").text()).isEqualTo(url);
            Document body = Jsoup.parse(Objects.requireNonNull(
                            item.getElementsByTag("content:encoded").first())
                    .wholeText());
            assertThat(body.select("a").eachAttr("href"))
                    .containsExactly(SITE + "/news/x", url + "#note", "mailto:a@b.example");
            assertThat(body.select("img").attr("src")).isEqualTo(SITE + "/media/a.jpg");
            assertThat(body.select("script")).isEmpty();
            assertThat(xml(folder + "/atom.xml").select("link[rel=self]").attr("href"))
                    .isEqualTo(SITE + folder + "/atom.xml");
            assertThat(new String(body(folder + "/feed.json"), UTF_8))
                    .contains(
                            "\"url\":\"" + url + "\"",
                            "\"image\":\"" + SITE + "/media/cover.jpg\"",
                            "\"feed_url\":\"" + SITE + folder + "/feed.json\"");
        }
    }

    @Test
    void whatIsNotPublicStandsInNone() {
        String id = newsroom.published(author, editor, content("Seen " + category, category));
        newsroom.draft(author, content("Hidden " + category, category));
        newsroom.put(author, "/api/articles/" + id, "*", content("Hidden too " + category, category))
                .expectStatus()
                .isOk();
        for (String file : FILES) {
            String feed = new String(body("/news/" + category + "/" + file), UTF_8);
            assertThat(feed).contains("Seen " + category).doesNotContain("Hidden");
        }
        newsroom.move(editor, id, Map.of("action", "withdraw", "note", "because"), "*")
                .expectStatus()
                .isOk();
        for (String file : FILES) {
            assertThat(new String(body("/news/" + category + "/" + file), UTF_8))
                    .doesNotContain("Seen", "Hidden");
            assertThat(new String(body("/" + file), UTF_8)).doesNotContain("Seen " + category, "Hidden");
        }
        assertThat(new Grammar("feed/rss.rnc").errors(body("/news/" + category + "/feed.xml")))
                .isEmpty();
        assertThat(new Grammar("feed/atom.rnc").errors(body("/news/" + category + "/atom.xml")))
                .isEmpty();
    }

    @Test
    void aCorrectionSaysWhatWasCorrectedAboveTheText() {
        String id = newsroom.published(author, editor, content("A figure " + category, category));
        newsroom.put(author, "/api/articles/" + id, "*", content("A figure " + category, category))
                .expectStatus()
                .isOk();
        newsroom.move(author, id, "submit").expectStatus().isOk();
        newsroom.move(editor, id, "approve").expectStatus().isOk();
        newsroom.move(editor, id, Map.of("action", "correct", "note", "It was <218>."), null)
                .expectStatus()
                .isOk();

        String body = xml("/news/" + category + "/atom.xml").select("content").text();

        assertThat(body).startsWith("<p><em>Corrected: It was &lt;218&gt;.</em></p>");
    }

    @Test
    void aBodyThatIsTooLongForAFeedIsLeftOutThere() {
        var content = new HashMap<>(content("Long " + category, category));
        content.put("body", Map.of("format", "markdown", "text", "word ".repeat(120_000)));
        newsroom.published(author, editor, content("Short " + category, category));
        newsroom.published(author, editor, content);

        byte[] atom = body("/news/" + category + "/atom.xml");

        assertThat(new Grammar("feed/atom.rnc").errors(atom)).isEmpty();
        assertThat(Jsoup.parse(new String(atom, UTF_8), Parser.xmlParser()).select("entry:has(content) > title"))
                .extracting(Element::text)
                .containsExactly("Short " + category);
        assertThat(new String(body("/news/" + category + "/feed.json"), UTF_8))
                .contains("\"title\":\"Long " + category
                        + "\",\"summary\":\"A subtitle\",\"content_text\":\"A subtitle\"");
    }

    @Test
    void whatIsUnknownIsNotFound() {
        for (String file : FILES) {
            for (String folder : List.of("/news/nothing", "/tag/nothing-" + category)) {
                newsroom.get(null, folder + "/" + file).expectStatus().isNotFound();
            }
        }
    }

    @Test
    void whoeverHasAFeedGetsA304UntilItChanges() {
        newsroom.published(author, editor, content("First " + category, category));
        for (String file : FILES) {
            String path = "/news/" + category + "/" + file;
            String eTag =
                    String.valueOf(get(path, Map.of()).getResponseHeaders().getETag());
            var known = Map.of(HttpHeaders.IF_NONE_MATCH, eTag);
            assertThat(get(path, known).getStatus().value()).isEqualTo(304);
        }
        String before = String.valueOf(get("/news/" + category + "/feed.xml", Map.of())
                .getResponseHeaders()
                .getETag());
        newsroom.published(author, editor, content("Second " + category, category));
        assertThat(get("/news/" + category + "/feed.xml", Map.of(HttpHeaders.IF_NONE_MATCH, before))
                        .getStatus()
                        .value())
                .isEqualTo(200);
    }

    @Test
    void feedsSayWhatTheyAreAndAreKeptByNobodyWithoutAsking() {
        Map<String, String> types = Map.of(
                "/feed.xml",
                "application/rss+xml;charset=UTF-8",
                "/atom.xml",
                "application/atom+xml;charset=UTF-8",
                "/feed.json",
                "application/feed+json;charset=UTF-8");
        types.forEach((path, type) -> {
            for (String accept : List.of("*/*", "text/html,*/*;q=0.8", "application/rss+xml", "application/json")) {
                HttpHeaders headers =
                        get(path, Map.of(HttpHeaders.ACCEPT, accept)).getResponseHeaders();
                assertThat(headers.getFirst(HttpHeaders.CONTENT_TYPE)).isEqualTo(type);
                assertThat(headers.getCacheControl()).isEqualTo("no-cache");
            }
        });
    }

    private byte[] body(String path) {
        var answer = get(path, Map.of());
        assertThat(answer.getStatus().value()).as(path).isEqualTo(200);
        return Objects.requireNonNull(answer.getResponseBody());
    }

    private Document xml(String path) {
        return Jsoup.parse(new String(body(path), UTF_8), Parser.xmlParser());
    }

    private EntityExchangeResult<byte[]> get(String path, Map<String, String> headers) {
        return http.get()
                .uri(builder -> URI.create(builder.build() + path))
                .headers(all -> headers.forEach(all::set))
                .exchange()
                .expectBody(byte[].class)
                .returnResult();
    }

    private static String encoded(String tag) {
        return URLEncoder.encode(tag, UTF_8);
    }
}
