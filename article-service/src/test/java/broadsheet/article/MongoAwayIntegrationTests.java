package broadsheet.article;

import static broadsheet.article.NewsroomClient.content;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.embedded.EmbeddedMongo;
import broadsheet.testservers.TestServers;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

@ExtendWith(OutputCaptureExtension.class)
class MongoAwayIntegrationTests {

    @Test
    void everyCallSaysSoInsteadOfWaiting(@TempDir Path folder, CapturedOutput output) {
        EmbeddedMongo mongo = EmbeddedMongo.open(folder.resolve("mongo.store"));
        String uri = mongo.connectionString("articles") + "?serverSelectionTimeoutMS=1000";
        try (var service = ServiceInstance.start(uri, TestServers.bootstrapServers())) {
            NewsroomClient newsroom = service.newsroom();
            String author = newsroom.newAccount("ann", "AUTHOR");
            String editor = newsroom.newAccount("ed", "EDITOR");
            newsroom.category(editor, "company-news", "Company News");
            String id = newsroom.published(author, editor, content("Here", "company-news"));
            mongo.close();

            away(newsroom.get(null, "/api/articles/" + id));
            away(newsroom.get(null, "/api/articles"));
            away(newsroom.post(author, "/api/articles", content("Lost", "company-news")));
            away(newsroom.post(null, "/api/session", Map.of("username", "ann", "password", NewsroomClient.PASSWORD)));
            service.http()
                    .get()
                    .uri("/news/company-news/here")
                    .accept(MediaType.TEXT_HTML)
                    .exchange()
                    .expectStatus()
                    .isEqualTo(503)
                    .expectHeader()
                    .contentTypeCompatibleWith(MediaType.TEXT_HTML);
            assertThat(output.getAll()).contains("the store does not answer").doesNotContain("\tat com.mongodb");
        }
    }

    private static void away(ResponseSpec response) {
        response.expectStatus()
                .isEqualTo(503)
                .expectHeader()
                .contentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON);
    }
}
