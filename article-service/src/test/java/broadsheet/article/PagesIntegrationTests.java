package broadsheet.article;

import static broadsheet.article.NewsroomClient.content;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

@ArticleServiceTest
class PagesIntegrationTests {

    private final WebTestClient http;
    private final NewsroomClient newsroom;
    private String author = "";
    private String editor = "";

    PagesIntegrationTests(@Autowired WebTestClient http) {
        this.http = http;
        this.newsroom = new NewsroomClient(http);
    }

    @BeforeEach
    void staffAndACategory() {
        author = newsroom.newAccount("ann", "AUTHOR");
        editor = newsroom.newAccount("ed", "EDITOR");
        newsroom.category(editor, "company-news", "Company News");
    }

    @Test
    void anArticlesPageShowsAllThereIsOfIt() {
        var content = new HashMap<>(content("All \"there\" <is>", "company-news"));
        content.put("coverImage", "/media/cover.jpg");
        content.put("credits", List.of(Map.of("role", "Copy", "name", "The Copy Desk")));
        String id = newsroom.published(author, editor, content);

        Document page =
                page(open("/news/company-news/all-there-is").expectStatus().isOk());

        assertThat(page.title()).isEqualTo("All \"there\" <is> – Broadsheet");
        assertThat(page.select(".breadcrumb").text()).isEqualTo("Home / Company News / All \"there\" <is>");
        assertThat(page.select("h1").text()).isEqualTo("All \"there\" <is>");
        assertThat(page.select(".facts").text()).containsPattern("Hits: (\\d+|–)");
        assertThat(page.select("img.cover").attr("src")).isEqualTo("/media/cover.jpg");
        assertThat(page.select(".body em").text()).isEqualTo("words");
        assertThat(page.select(".credits div").eachText())
                .containsExactly("Copy / The Copy Desk", "Reviewed by / The ed", "Typesetting / The ed");
        assertThat(page.select("[data-article]").attr("data-article")).isEqualTo(id);
        assertThat(page.select("link[rel=canonical]").attr("href"))
                .isEqualTo("https://news.example/news/company-news/all-there-is");
        assertThat(page.select("meta[property=og:title]").attr("content")).isEqualTo("All \"there\" <is>");
        assertThat(page.select("meta[name=description]").attr("content")).isEqualTo("A subtitle");
        assertThat(page.select("meta[property=og:image]").attr("content"))
                .isEqualTo("https://news.example/media/cover.jpg");
        assertThat(page.select("html").attr("dir")).isEqualTo("ltr");
        assertThat(page.html()).doesNotContain("th:");
    }

    @Test
    void anArticlesPageTellsProgramsWhatItIs() {
        var content = new HashMap<>(content("Ends </script><!-- & \"here\"", "company-news"));
        content.put("coverImage", "https://images.example/cover.jpg");
        content.put("language", "pt-BR");
        content.put("tags", List.of("work", "</script>"));
        newsroom.published(author, editor, content);
        String address = "https://news.example/news/company-news/ends-script-here";

        Document page =
                page(open("/news/company-news/ends-script-here").expectStatus().isOk());

        assertThat(page.select("link[hreflang]").attr("hreflang")).isEqualTo("pt-BR");
        assertThat(page.select("link[hreflang]").attr("href")).isEqualTo(address);
        assertThat(page.select("meta[property=og:locale]").attr("content")).isEqualTo("pt_BR");
        assertThat(page.select("meta[property=og:image]").attr("content"))
                .isEqualTo("https://images.example/cover.jpg");
        assertThat(page.select("meta[property=article:tag]").eachAttr("content"))
                .containsExactly("work", "</script>");
        assertThat(page.select("meta[name=twitter:card]").attr("content")).isEqualTo("summary_large_image");
        assertThat(page.select("link[type=application/json+oembed]").attr("href"))
                .isEqualTo("https://news.example/oembed?url=https%3A%2F%2Fnews.example%2Fnews%2Fcompany-news"
                        + "%2Fends-script-here&format=json");
        assertThat(page.select("link[type=application/rss+xml]").attr("href")).isEqualTo("/feed.xml");
        assertThat(page.select("script:not([src])")).hasSize(1);
        Map<String, Object> data = JsonMapper.shared()
                .readValue(page.select("script[type=application/ld+json]").html(), new TypeReference<>() {});
        assertThat(data)
                .containsEntry("@context", "https://schema.org")
                .containsEntry("@type", "NewsArticle")
                .containsEntry("headline", "Ends </script><!-- & \"here\"")
                .containsEntry("url", address)
                .containsEntry("image", List.of("https://images.example/cover.jpg"))
                .containsEntry("inLanguage", "pt-BR")
                .containsEntry("articleSection", "Company News")
                .containsEntry("keywords", List.of("work", "</script>"))
                .containsEntry("author", List.of(Map.of("@type", "Person", "name", "The ann")))
                .containsKeys("datePublished", "dateModified", "publisher")
                .doesNotContainKey("correction");
    }

    @Test
    void aCategorysPageNamesItsFeeds() {
        Document page = page(open("/news/company-news").expectStatus().isOk());
        assertThat(page.select("link[rel=alternate]").eachAttr("href"))
                .containsExactly(
                        "/news/company-news/feed.xml",
                        "/news/company-news/atom.xml",
                        "/news/company-news/feed.json",
                        "/feed.xml",
                        "/atom.xml",
                        "/feed.json");
    }

    @Test
    void aPageSpeaksTheLanguageOfItsArticle() {
        var content = new HashMap<>(content("مرحبا", "company-news"));
        content.put("language", "ar");
        newsroom.published(author, editor, content);

        Document page = page(open("/news/company-news/mrhba").expectStatus().isOk());

        assertThat(page.select("html").attr("lang")).isEqualTo("ar");
        assertThat(page.select("html").attr("dir")).isEqualTo("rtl");
    }

    @Test
    void aCorrectedArticlesPageSaysWhatWasCorrected() {
        String id = newsroom.published(author, editor, content("A figure", "company-news"));
        assertThat(page(open("/news/company-news/a-figure")).select(".correction"))
                .isEmpty();
        newsroom.put(author, "/api/articles/" + id, "*", content("A figure", "company-news"))
                .expectStatus()
                .isOk();
        newsroom.move(author, id, "submit").expectStatus().isOk();
        newsroom.move(editor, id, "approve").expectStatus().isOk();
        newsroom.move(editor, id, Map.of("action", "correct", "note", "It was <218>."), null)
                .expectStatus()
                .isOk();

        Document page = page(open("/news/company-news/a-figure").expectStatus().isOk());

        assertThat(page.select(".correction").text()).matches("Corrected on \\d+ \\p{L}+ \\d{4}: It was <218>\\.");
    }

    @Test
    void aWithdrawnArticlesPageSaysWhyAndNothingThatWasWritten() {
        String id = newsroom.published(author, editor, content("A mistake", "company-news"));
        newsroom.move(editor, id, Map.of("action", "withdraw", "note", "It was <wrong>."), "*")
                .expectStatus()
                .isOk();

        for (String address : List.of("/news/company-news/a-mistake", "/news/sports/a-mistake")) {
            Document page = page(open(address).expectStatus().isEqualTo(410));
            assertThat(page.title()).isEqualTo("Withdrawn – Broadsheet");
            assertThat(page.select(".withdrawal").text())
                    .matches("Withdrawn on \\d+ \\p{L}+ \\d{4}: It was <wrong>\\.");
            assertThat(page.select("meta[name=robots]").attr("content")).isEqualTo("noindex");
            assertThat(page.text()).doesNotContain("A mistake", "words", "ann");
            newsroom.get(null, address)
                    .expectStatus()
                    .isEqualTo(410)
                    .expectHeader()
                    .contentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON);
        }
    }

    @Test
    void homeShowsTheNewestAndEachCategory() {
        newsroom.category(editor, "sports", "Sports");
        for (int n = 10; n > 0; n--) {
            newsroom.published(author, editor, content("An older match " + n, "sports"));
        }
        newsroom.published(author, editor, content("A match", "sports"));

        Document home = page(open("/").expectStatus().isOk());

        assertThat(home.title()).isEqualTo("Broadsheet");
        assertThat(home.select("section:first-of-type a").eachText()).first().isEqualTo("A match");
        assertThat(home.select("h2 a[href=/news/sports]").text()).isEqualTo("Sports");
        assertThat(home.select(".entries a").eachAttr("href"))
                .contains("/news/sports/an-older-match-10")
                .doesNotHaveDuplicates();
    }

    @Test
    void aCategoryGoesOnWithWhatIsOlder() {
        newsroom.category(editor, "long", "Long");
        for (int n = 0; n < 51; n++) {
            newsroom.published(author, editor, content("Number " + n, "long"));
        }
        Document first = page(open("/news/long").expectStatus().isOk());
        assertThat(first.select(".entries li")).hasSize(50);

        Document older = page(
                open(first.select("a[rel=next]").attr("href")).expectStatus().isOk());
        assertThat(older.select(".entries li a").eachText()).containsExactly("Number 0");
        assertThat(older.select("a[rel=next]")).isEmpty();
    }

    @Test
    void anArticleInTheWrongCategoryIsRedirectedToItsOwn() {
        newsroom.published(author, editor, content("Elsewhere", "company-news"));
        open("/news/sports/elsewhere")
                .expectStatus()
                .isEqualTo(301)
                .expectHeader()
                .location("/news/company-news/elsewhere");
    }

    @Test
    void aBrowserGetsErrorsAsPagesAndOthersAsProblems() {
        for (String path : List.of("/nothing", "/news/nothing", "/news/company-news/nothing")) {
            Document page = page(open(path).expectStatus().isNotFound());
            assertThat(page.title()).isEqualTo("Not Found – Broadsheet");
            assertThat(page.text()).doesNotContain("Whitelabel", "Exception");
            newsroom.get(null, path)
                    .expectStatus()
                    .isNotFound()
                    .expectHeader()
                    .contentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON);
        }
        page(open("/news/company-news?cursor=nonsense").expectStatus().isBadRequest());
        open("/api/articles/nothing")
                .expectStatus()
                .isNotFound()
                .expectHeader()
                .contentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON);
    }

    @Test
    void pagesRunNothingButTheirOwnScriptsAndStandInNobodysFrame() {
        for (String path : List.of("/", "/news/company-news", "/nothing")) {
            open(path)
                    .expectHeader()
                    .value(
                            "Content-Security-Policy",
                            policy -> assertThat(policy)
                                    .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                                    .doesNotContain("unsafe"))
                    .expectHeader()
                    .valueEquals("X-Content-Type-Options", "nosniff")
                    .expectHeader()
                    .valueEquals("Referrer-Policy", "strict-origin-when-cross-origin");
            assertThat(page(open(path)).documentType()).as("no quirks").isNotNull();
            assertThat(page(open(path)).select("script:not([src]), style, [style], [onclick]"))
                    .isEmpty();
        }
        open("/").expectHeader().valueEquals(HttpHeaders.CACHE_CONTROL, "no-cache");
        open("/site/article.js").expectStatus().isOk();
    }

    @Test
    void theHostThatAClientNamesReachesNoPage() {
        newsroom.published(author, editor, content("At home", "company-news"));
        String page = Objects.requireNonNull(http.get()
                .uri("/news/company-news/at-home")
                .header(HttpHeaders.HOST, "attacker.example")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody());
        assertThat(page).doesNotContain("attacker.example");
        assertThat(Jsoup.parse(page).select("link[rel=canonical]").attr("href"))
                .isEqualTo("https://news.example/news/company-news/at-home");
    }

    @Test
    void aCoverImageInTheStoreThatIsNoUriIsLeftOut(@Autowired ReactiveMongoTemplate mongo) {
        for (String address : List.of("/{x}", "/%zz", "https://[::1", "javascript:alert(1)")) {
            String id = newsroom.published(author, editor, content("Broken cover", "company-news"));
            mongo.updateFirst(
                            Query.query(Criteria.where("_id").is(id)),
                            new Update().set("content.coverImage", address),
                            "articles")
                    .block();
            String url = String.valueOf(
                    newsroom.json(newsroom.get(author, "/api/articles/" + id)).get("url"));
            Document page = page(open(url).expectStatus().isOk());
            assertThat(page.select("img.cover")).as(address).isEmpty();
            assertThat(page.select("meta[property=og:image]")).as(address).isEmpty();
        }
    }

    @Test
    void pagesNameTheirCharsetAndARedirectIsNotKeptForEver() {
        newsroom.published(author, editor, content("Moved", "company-news"));
        for (String path : List.of("/", "/news/company-news", "/news/company-news/moved", "/nothing")) {
            open(path).expectHeader().contentType("text/html;charset=UTF-8");
        }
        open("/news/sports/moved")
                .expectStatus()
                .isEqualTo(301)
                .expectHeader()
                .value(HttpHeaders.CACHE_CONTROL, value -> assertThat(value).containsPattern("max-age=\\d{1,3}\\b"));
    }

    private ResponseSpec open(String path) {
        return http.get()
                .uri(path)
                .header(HttpHeaders.ACCEPT, "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
                .exchange();
    }

    private static Document page(ResponseSpec response) {
        return Jsoup.parse(Objects.requireNonNull(response.expectHeader()
                .contentTypeCompatibleWith(MediaType.TEXT_HTML)
                .expectBody(String.class)
                .returnResult()
                .getResponseBody()));
    }
}
