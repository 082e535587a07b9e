package broadsheet.article;

import static broadsheet.article.NewsroomClient.content;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

@ArticleServiceTest
class OEmbedIntegrationTests {

    private static final String SITE = "https://news.example";

    private final WebTestClient http;
    private final NewsroomClient newsroom;
    private final String name = UUID.randomUUID().toString().substring(0, 8);
    private String author = "";
    private String editor = "";

    OEmbedIntegrationTests(@Autowired WebTestClient http) {
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
    void anArticleIsDescribedInBothFormats() {
        newsroom.published(author, editor, content("Linked & <" + name + ">", "company-news"));
        String url = SITE + "/news/company-news/linked-" + name;

        for (String address : List.of(url, url + "?utm_source=x#top", url.replace("https", "HTTPS"))) {
            var json = ask(Map.of("url", address));
            assertThat(json.getStatus().value()).as(address).isEqualTo(200);
            assertThat(json.getResponseBody())
                    .isEqualTo("{\"version\":\"1.0\",\"type\":\"link\",\"title\":\"Linked & <" + name
                            + ">\",\"author_name\":\"The ann\",\"provider_name\":\"Broadsheet\",\"provider_url\":\""
                            + SITE + "/\"}");
        }
        var xml = ask(Map.of("url", url, "format", "xml", "maxwidth", "300"));
        assertThat(xml.getResponseHeaders().getFirst("Content-Type")).isEqualTo("text/xml;charset=UTF-8");
        assertThat(xml.getResponseBody())
                .contains("<oembed><version>1.0</version><type>link</type><title>Linked &amp; &lt;" + name
                        + "&gt;</title>");
    }

    @Test
    void whatIsNoPublicArticleIsNotFound() {
        newsroom.draft(author, content("Hidden " + name, "company-news"));
        for (String url : List.of(
                SITE + "/news/company-news/hidden-" + name,
                SITE + "/news/company-news/nothing",
                SITE + "/news/company-news",
                SITE + "/",
                SITE,
                "https://news.example.attacker.example/news/company-news/linked",
                "https://user@news.example/news/company-news/linked",
                "http://news.example/news/company-news/linked",
                "https://news.example:444/news/company-news/linked",
                "/news/company-news/linked",
                "mailto:a@b.example",
                "nonsense ]",
                "")) {
            assertThat(ask(Map.of("url", url)).getStatus().value()).as(url).isEqualTo(404);
        }
    }

    @Test
    void aWithdrawnArticleIsNoLongerDescribed() {
        String id = newsroom.published(author, editor, content("Gone " + name, "company-news"));
        var asked = Map.of("url", SITE + "/news/company-news/gone-" + name);
        assertThat(ask(asked).getStatus().value()).isEqualTo(200);
        newsroom.move(editor, id, Map.of("action", "withdraw", "note", "because"), "*")
                .expectStatus()
                .isOk();
        assertThat(ask(asked).getStatus().is4xxClientError()).isTrue();
    }

    @Test
    void badInputIsNamed() {
        String url = SITE + "/news/company-news/any";
        assertProblem(ask(Map.of()), 400, "\"field\":\"url\"");
        assertProblem(ask(Map.of("url", url, "maxwidth", "wide")), 400, "\"field\":\"maxwidth\"");
        assertProblem(ask(Map.of("url", url, "maxheight", "0")), 400, "\"field\":\"maxheight\"");
        assertProblem(ask(Map.of("url", url, "format", "yaml")), 501, "json or xml");
    }

    private static void assertProblem(EntityExchangeResult<String> answer, int status, String words) {
        assertThat(answer.getStatus().value()).isEqualTo(status);
        assertThat(Objects.requireNonNull(answer.getResponseBody())).contains(words);
    }

    private EntityExchangeResult<String> ask(Map<String, String> query) {
        String parameters = query.entrySet().stream()
                .map(parameter ->
                        parameter.getKey() + "=" + URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8))
                .reduce("", (all, next) -> all + "&" + next);
        return http.get()
                .uri(builder -> URI.create(builder.build() + "/oembed?" + parameters))
                .exchange()
                .expectBody(String.class)
                .returnResult();
    }
}
