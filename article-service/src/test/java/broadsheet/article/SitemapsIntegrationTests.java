package broadsheet.article;

import static broadsheet.article.NewsroomClient.content;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.bson.Document;
import org.jsoup.Jsoup;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.test.web.reactive.server.WebTestClient;

@ArticleServiceTest
class SitemapsIntegrationTests {

    private static final String SITE = "https://news.example";

    private final WebTestClient http;
    private final NewsroomClient newsroom;
    private final ReactiveMongoTemplate mongo;
    private final String category = "maps-" + UUID.randomUUID().toString().substring(0, 8);
    private String author = "";
    private String editor = "";

    SitemapsIntegrationTests(@Autowired WebTestClient http, @Autowired ReactiveMongoTemplate mongo) {
        this.http = http;
        this.newsroom = new NewsroomClient(http);
        this.mongo = mongo;
    }

    @BeforeEach
    void staffAndACategory() {
        author = newsroom.newAccount("ann", "AUTHOR");
        editor = newsroom.newAccount("ed", "EDITOR");
        newsroom.category(editor, category, "Maps");
    }

    @AfterEach
    void removeCopies() {
        mongo.remove(query(where("content.category.slug").is(category)), "articles")
                .block();
    }

    @Test
    void theIndexLeadsToEveryArticleOnceAlsoWhereAMonthHasMany() {
        String id = newsroom.published(author, editor, content("Mapped " + category, category));
        List<String> expected = new ArrayList<>(copies(id, 2_600, Instant.parse("2014-02-28T23:59:59.999Z")));
        expected.addAll(copies(id, 1, Instant.parse("2014-03-01T00:00:00Z")));
        newsroom.draft(author, content("Unmapped " + category, category));
        String url = SITE
                + newsroom.json(newsroom.get(author, "/api/articles/" + id)).get("url");
        expected.add(url);

        List<String> sitemaps = locations("/sitemap.xml");

        assertThat(sitemaps)
                .contains(
                        SITE + "/sitemap-pages.xml",
                        SITE + "/sitemap-2014-02-1.xml",
                        SITE + "/sitemap-2014-02-2.xml",
                        SITE + "/sitemap-2014-03-1.xml")
                .doesNotContain(SITE + "/sitemap-2014-02-3.xml", SITE + "/sitemap-2014-01-1.xml")
                .doesNotHaveDuplicates();
        List<String> all = sitemaps.stream()
                .flatMap(sitemap -> locations(sitemap.substring(SITE.length())).stream())
                .toList();
        assertThat(all).doesNotHaveDuplicates().containsAll(expected).contains(SITE + "/", SITE + "/news/" + category);
        assertThat(all).filteredOn(address -> address.contains("unmapped")).isEmpty();
    }

    /** Copies as an import would make them. */
    private List<String> copies(String id, int number, Instant listed) {
        Document original = Objects.requireNonNull(
                mongo.findById(id, Document.class, "articles").block());
        original.remove("outbox");
        List<Document> copies = new ArrayList<>();
        List<String> urls = new ArrayList<>();
        for (int n = 0; n < number; n++) {
            var copy = Document.parse(original.toJson());
            String slug = "copy-" + listed.getEpochSecond() + "-" + category + "-" + n;
            copy.put("_id", UUID.randomUUID().toString());
            copy.put("slug", slug);
            copy.put("addresses", List.of(slug));
            copy.get("dates", Document.class).put("listed", Date.from(listed));
            copy.get("dates", Document.class).put("published", Date.from(listed));
            copies.add(copy);
            urls.add(SITE + "/news/" + category + "/" + slug);
        }
        mongo.getCollection("articles")
                .flatMapMany(articles -> articles.insertMany(copies))
                .blockLast();
        return urls;
    }

    @Test
    void aWithdrawnArticleLeavesEverySitemapAtOnceAndItsMonthHasChanged() {
        String id = newsroom.published(author, editor, content("Gone " + category, category));
        String url = SITE
                + newsroom.json(newsroom.get(author, "/api/articles/" + id)).get("url");
        assertThat(locations("/news-sitemap.xml")).contains(url);
        String sitemap = sitemapOf(url);

        newsroom.move(editor, id, Map.of("action", "withdraw", "note", "because"), "*")
                .expectStatus()
                .isOk();

        assertThat(locations("/news-sitemap.xml")).doesNotContain(url);
        assertThat(get(sitemap, 200, 404)).doesNotContain(url);
    }

    private String sitemapOf(String url) {
        return locations("/sitemap.xml").stream()
                .map(sitemap -> sitemap.substring(SITE.length()))
                .filter(sitemap -> locations(sitemap).contains(url))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void newsHaveATitleALanguageAndATime() {
        var content = new HashMap<>(content("News & <views> " + category, category));
        content.put("language", "zh-Hant-HK");
        newsroom.published(author, editor, content);

        String news = get("/news-sitemap.xml", 200);

        assertThat(new Grammar("sitemap/sitemap.rnc").errors(news.getBytes(UTF_8)))
                .isEmpty();
        assertThat(news)
                .contains("<news:title>News &amp; &lt;views&gt; " + category + "</news:title>")
                .contains("<news:language>zh-tw</news:language>")
                .contains("<news:name>Broadsheet</news:name>");
    }

    @Test
    void whatIsNoSitemapIsNotFound() {
        for (String name :
                List.of("2014-13-1", "2014-02-0", "2014-2-1", "1999-01-1", "2014-02-99999", "x", "2014-02-1-1")) {
            get("/sitemap-" + name + ".xml", 404);
        }
    }

    @Test
    void robotsAreToldWhereTheSitemapsAre() {
        String robots = get("/robots.txt", 200);
        assertThat(robots)
                .startsWith("User-agent: *\n")
                .contains("Disallow: /api/", "\nSitemap: " + SITE + "/sitemap.xml\n", "/news-sitemap.xml\n");
    }

    private List<String> locations(String path) {
        String document = get(path, 200);
        assertThat(new Grammar("sitemap/sitemap.rnc").errors(document.getBytes(UTF_8)))
                .as(path)
                .isEmpty();
        return Jsoup.parse(document, Parser.xmlParser()).select("loc").eachText();
    }

    private String get(String path, Integer... statuses) {
        var answer = http.get().uri(path).exchange().expectBody(String.class).returnResult();
        assertThat(answer.getStatus().value()).as(path).isIn((Object[]) statuses);
        return String.valueOf(answer.getResponseBody());
    }
}
