package broadsheet.article;

import static broadsheet.testservers.PatientAwait.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.testservers.TestServers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Two sites of their own: what one exports the other imports, and an import goes on where an instance ends. */
class ExportIntegrationTests {

    @Test
    void anExportImportsBackToTheSameAndAnImportOutlivesItsInstance() {
        String first = TestServers.mongoUri("export-" + UUID.randomUUID());
        String second = TestServers.mongoUri("import-" + UUID.randomUUID());
        List<String> exported;
        try (var site = ServiceInstance.start(first, TestServers.bootstrapServers())) {
            exported = exportOf(site);
        }
        String imports;
        try (var site = ServiceInstance.start(second, TestServers.bootstrapServers())) {
            var client = new ImportsClient(site.http(), site.newsroom().token("admin"));
            Map<String, Object> job = client.imported(
                    "", ImportsClient.NDJSON, String.join("\n", exported).getBytes(UTF_8));
            assertThat(job).containsEntry("created", 6).containsEntry("refusedCount", 0);
            assertThat(client.exported()).containsExactlyInAnyOrderElementsOf(exported);
            Map<String, Object> again = client.imported(
                    "", ImportsClient.NDJSON, String.join("\n", exported).getBytes(UTF_8));
            assertThat(again).containsEntry("unchanged", 6);

            imports = client.accepted("", ImportsClient.NDJSON, many());
            await().until(() -> !Integer.valueOf(0).equals(client.job(imports).get("done")));
        }
        try (var site = ServiceInstance.start(second, TestServers.bootstrapServers())) {
            var client = new ImportsClient(site.http(), site.newsroom().token("admin"));
            assertThat(client.ended(imports))
                    .containsEntry("state", "done")
                    .containsEntry("created", 3_000)
                    .containsEntry("refusedCount", 0);
        }
    }

    /** A draft, one in review, one that waits for its time, one that is corrected, one to be corrected, one withdrawn. */
    private static List<String> exportOf(ServiceInstance site) {
        NewsroomClient newsroom = site.newsroom();
        String admin = newsroom.token("admin");
        String author = newsroom.newAccount("ann", "AUTHOR");
        newsroom.category(admin, "company-news", "Company News");
        newsroom.post(admin, "/api/categories", Map.of("slug", "below", "name", "Below", "parent", "company-news"));
        newsroom.draft(author, NewsroomClient.content("Draft", "below"));
        String inReview = newsroom.draft(author, NewsroomClient.content("In review", "below"));
        newsroom.move(author, inReview, "submit").expectStatus().isOk();
        String scheduled = newsroom.draft(author, NewsroomClient.content("Scheduled", "below"));
        newsroom.move(author, scheduled, "submit").expectStatus().isOk();
        newsroom.move(admin, scheduled, "approve").expectStatus().isOk();
        newsroom.move(admin, scheduled, Map.of("action", "publish", "at", "2030-01-01T00:00:00Z"), null)
                .expectStatus()
                .isOk();
        String corrected = newsroom.published(author, admin, NewsroomClient.content("Corrected", "company-news"));
        correct(newsroom, author, admin, corrected);
        String proposed = newsroom.published(author, admin, NewsroomClient.content("Proposed", "company-news"));
        newsroom.put(author, "/api/articles/" + proposed, "*", rewritten())
                .expectStatus()
                .isOk();
        String withdrawn = newsroom.published(author, admin, NewsroomClient.content("Withdrawn", "company-news"));
        newsroom.move(admin, withdrawn, Map.of("action", "withdraw", "note", "A mistake"), null)
                .expectStatus()
                .isOk();
        List<String> lines = new ImportsClient(site.http(), admin).exported();
        assertThat(lines).hasSize(2 + 6 + 1);
        return lines;
    }

    private static void correct(NewsroomClient newsroom, String author, String admin, String id) {
        newsroom.put(author, "/api/articles/" + id, "*", rewritten())
                .expectStatus()
                .isOk();
        newsroom.move(author, id, "submit").expectStatus().isOk();
        newsroom.move(admin, id, "approve").expectStatus().isOk();
        newsroom.move(admin, id, Map.of("action", "correct", "note", "The date"), null)
                .expectStatus()
                .isOk();
    }

    private static Map<String, Object> rewritten() {
        var content = new HashMap<>(NewsroomClient.content("Another title", "below"));
        content.put("credits", List.of(Map.of("role", "Photos", "name", "Publicity Department")));
        return content;
    }

    private static byte[] many() {
        return IntStream.range(0, 3_000)
                .mapToObj(n -> "{\"sourceId\":\"many-" + n + "\",\"title\":\"Number " + n
                        + "\",\"publishedAt\":\"2015-01-02T03:04:05Z\",\"body\":{\"format\":\"markdown\",\"text\":\""
                        + "Some *words*. ".repeat(50) + "\"}}")
                .collect(Collectors.joining("\n"))
                .getBytes(UTF_8);
    }
}
