package broadsheet.article;

import static broadsheet.testservers.PatientAwait.await;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** Imports and exports as an editor. */
record ImportsClient(WebTestClient http, String token) {

    static final MediaType NDJSON = MediaType.APPLICATION_NDJSON;
    static final MediaType WXR = MediaType.valueOf("application/rss+xml");
    static final MediaType ZIP = MediaType.valueOf("application/zip");
    private static final List<String> ENDED = List.of("done", "failed", "cancelled");

    ResponseSpec send(String query, MediaType type, byte[] file) {
        return http.post()
                .uri("/api/imports" + query)
                .headers(headers -> headers.setBearerAuth(token))
                .contentType(type)
                .bodyValue(file)
                .exchange();
    }

    /** The id of the job. */
    String accepted(String query, MediaType type, byte[] file) {
        String location = send(query, type, file)
                .expectStatus()
                .isAccepted()
                .expectBody()
                .returnResult()
                .getResponseHeaders()
                .getFirst("Location");
        return Objects.requireNonNull(location).substring("/api/imports/".length());
    }

    /** What became of the file. */
    Map<String, Object> imported(String query, MediaType type, byte[] file) {
        return ended(accepted(query, type, file));
    }

    Map<String, Object> imported(String query, String... lines) {
        return imported(query, NDJSON, String.join("\n", lines).getBytes(UTF_8));
    }

    Map<String, Object> ended(String id) {
        return await().until(() -> job(id), job -> ENDED.contains(job.get("state")));
    }

    Map<String, Object> job(String id) {
        return Objects.requireNonNull(get("/api/imports/" + id)
                .expectStatus()
                .isOk()
                .expectBody(new ParameterizedTypeReference<Map<String, Object>>() {})
                .returnResult()
                .getResponseBody());
    }

    /** The lines of an export. */
    List<String> exported() {
        byte[] lines = Objects.requireNonNull(get("/api/exports/articles.ndjson")
                .expectStatus()
                .isOk()
                .expectBody()
                .returnResult()
                .getResponseBody());
        return Arrays.asList(new String(lines, UTF_8).split("\n", -1));
    }

    ResponseSpec get(String path) {
        return http.get()
                .uri(path)
                .headers(headers -> headers.setBearerAuth(token))
                .exchange();
    }
}
