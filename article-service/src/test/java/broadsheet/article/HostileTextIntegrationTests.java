package broadsheet.article;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.article.content.Body;
import broadsheet.article.content.CategoryLabel;
import broadsheet.article.content.Content;
import broadsheet.article.content.Credit;
import broadsheet.article.hostile.PageJudge;
import broadsheet.article.hostile.ScriptAttacks;
import broadsheet.article.store.Articles;
import broadsheet.article.workflow.Article;
import broadsheet.article.workflow.StaffMember;
import broadsheet.events.ArticlePublished;
import java.io.IOException;
import java.io.StringReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Texts that attack readers, in everything that staff can write of an article. */
@ArticleServiceTest
class HostileTextIntegrationTests {

    private static final StaffMember AUTHOR = new StaffMember("ann", "Ann", true);
    private static final StaffMember EDITOR = new StaffMember("ed", "Ed", true);
    private static final String SECTION = "hostile";
    private static final int OF_A_FEED = 20;

    private final WebTestClient http;
    private final NewsroomClient newsroom;
    private final Articles articles;
    private final PageJudge judge = new PageJudge();
    private final Instant now = Instant.parse("2026-01-01T00:00:00Z");

    HostileTextIntegrationTests(@Autowired WebTestClient http, @Autowired Articles articles) {
        this.http = http.mutate()
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(4 << 20))
                .build();
        this.newsroom = new NewsroomClient(http);
        this.articles = articles;
    }

    @BeforeEach
    void aSection() {
        newsroom.category(newsroom.newAccount("ed", "EDITOR"), SECTION, "Hostile <b>section</b>");
    }

    @Test
    void nothingThatStaffWritesRunsInAPageOrAFeed() throws Exception {
        List<String> attacks = ScriptAttacks.all();
        assertThat(attacks).hasSizeGreaterThan(500);
        List<String> sinceAFeed = new ArrayList<>();
        for (int n = 0; n < attacks.size(); n++) {
            String attack = attacks.get(n);
            Article article = published(n, attack);
            assertThat(articles.add(article, ArticlePublished::new).block()).isNotNull();
            judge.isHarmless(page(article.url()), attack);
            sinceAFeed.add(attack);
            if (sinceAFeed.size() == OF_A_FEED || n == attacks.size() - 1) {
                listsAreHarmless(sinceAFeed);
                sinceAFeed.clear();
            }
        }
    }

    private void listsAreHarmless(List<String> attacks) throws Exception {
        String as = "lists of " + attacks;
        judge.isHarmless(page("/news/" + SECTION), as);
        for (String content : contentsOf(page("/news/" + SECTION + "/atom.xml"))) {
            judge.isHarmless("<!DOCTYPE html><title>t</title><body>" + content, as);
        }
        var json = http.get()
                .uri("/api/articles?category=" + SECTION + "&limit=" + OF_A_FEED)
                .exchange();
        json.expectStatus().isOk().expectHeader().contentTypeCompatibleWith(MediaType.APPLICATION_JSON);
        json.expectHeader().valueEquals("X-Content-Type-Options", "nosniff");
    }

    private String page(String path) {
        byte[] bytes = http.get()
                .uri(path)
                .accept(MediaType.TEXT_HTML, MediaType.ALL)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .returnResult()
                .getResponseBodyContent();
        return new String(Objects.requireNonNull(bytes), UTF_8);
    }

    private static List<String> contentsOf(String atom) throws Exception {
        var documents = DocumentBuilderFactory.newDefaultNSInstance();
        documents.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        NodeList contents = documents
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(atom)))
                .getElementsByTagNameNS("http://www.w3.org/2005/Atom", "content");
        var all = new ArrayList<String>();
        for (int n = 0; n < contents.getLength(); n++) {
            all.add(contents.item(n).getTextContent());
        }
        assertThat(all).isNotEmpty();
        return all;
    }

    private Article published(int n, String attack) throws IOException {
        Body.Format format = n % 2 == 0 ? Body.Format.HTML : Body.Format.MARKDOWN;
        var content = new Content(
                attack,
                attack,
                attack,
                Body.of(format, "words\n\n" + attack + "\n\nfine"),
                new CategoryLabel(SECTION, "Hostile <b>section</b>"),
                List.of(attack),
                "en",
                List.of(new Credit(attack, attack)),
                n % 3 == 0 ? attack : null);
        String id = "hostile-article-%04d".formatted(n);
        Instant at = now.plusSeconds(n);
        return Article.draft(id, "hostile-" + n, content, AUTHOR, at)
                .submit(AUTHOR, attack, at)
                .approve(EDITOR, attack, at)
                .publish(EDITOR, attack, at);
    }
}
