package broadsheet.testservers.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;
import reactor.core.publisher.Mono;

class CheckedResponseTests {

    private static final OpenApiDocument DOCUMENT = new OpenApiDocument("""
            {"openapi": "3.1.0",
             "paths": {
               "/api/things/{id}": {"get": {"summary": "A thing", "responses": {
                 "200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}},
                 "304": {"description": "unchanged"}}}},
               "/api/things/new": {"get": {"summary": "", "responses": {}}}},
             "components": {"schemas": {"Thing": {
               "type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"],
               "additionalProperties": false}}}}
            """);

    @Test
    void whatIsDescribedPasses() {
        assertPasses(answer("/api/things/1", HttpStatus.OK, "{\"name\": \"One\"}"));
        assertPasses(answer("/api/things/1", HttpStatus.NOT_MODIFIED, ""));
    }

    @Test
    void whatNobodyDescribesYetPasses() {
        assertPasses(answer("/api/things/new", HttpStatus.ACCEPTED, "{}"));
        assertPasses(answer("/api/others", HttpStatus.OK, "{}"));
    }

    @Test
    void aFieldThatIsMissingOrNotDescribedIsAnError() {
        assertRefused(answer("/api/things/1", HttpStatus.OK, "{}"), "name");
        assertRefused(answer("/api/things/1", HttpStatus.OK, "{\"name\": \"One\", \"secret\": 7}"), "secret");
        assertRefused(answer("/api/things/1", HttpStatus.OK, "{\"name\": null}"), "name");
    }

    @Test
    void aStatusThatIsNotDescribedIsAnError() {
        assertRefused(answer("/api/things/1", HttpStatus.GONE, "{}"), "the status 410");
        assertRefused(answer("/api/things/1", HttpStatus.NO_CONTENT, ""), "the status 204");
    }

    @Test
    void aTypeThatIsNotDescribedIsAnError() {
        var response = new MockServerHttpResponse();
        response.getHeaders().setContentType(MediaType.TEXT_HTML);
        assertRefused(written(response, "/api/things/1", "<p>"), "the type text/html");
    }

    private static MockServerHttpResponse answer(String path, HttpStatus status, String body) {
        var response = new MockServerHttpResponse();
        response.setStatusCode(status);
        response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
        return written(response, path, body);
    }

    private static MockServerHttpResponse written(MockServerHttpResponse response, String path, String body) {
        var checked = new CheckedResponse(MockServerHttpRequest.get(path).build(), response, Mono.just(DOCUMENT));
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        (body.isEmpty()
                        ? checked.setComplete()
                        : checked.writeWith(
                                Mono.fromSupplier(() -> checked.bufferFactory().wrap(bytes))))
                .block();
        return response;
    }

    private static void assertPasses(MockServerHttpResponse response) {
        assertThat(Objects.requireNonNull(response.getStatusCode()).value()).isLessThan(500);
    }

    private static void assertRefused(MockServerHttpResponse response, String why) {
        assertThat(response.getStatusCode()).isEqualTo(HttpStatus.INTERNAL_SERVER_ERROR);
        assertThat(response.getBodyAsString().block()).contains(why);
    }
}
