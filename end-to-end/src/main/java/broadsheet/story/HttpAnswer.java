package broadsheet.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the site answered.
 *
 * @param call method and path, for messages
 */
public record HttpAnswer(String call, int status, HttpHeaders headers, String body) {

    static final JsonMapper JSON = JsonMapper.builder().build();

    public HttpAnswer expect(int expected) {
        assertThat(status)
                .as("the status from %s, which answered %s", call, this)
                .isEqualTo(expected);
        return this;
    }

    /** A problem of RFC 9457 with this status. */
    HttpAnswer expectProblem(int expected) {
        expect(expected);
        String type = header("Content-Type");
        assertThat(type).as("application/problem+json from " + call).startsWith("application/problem+json");
        assertThat(json().path("status").asInt(-1))
                .as("the problem's status from " + call)
                .isEqualTo(expected);
        assertThat(json().path("title").asString("")).as("the title of " + this).isNotBlank();
        assertThat(body).as("no inner workings in " + call).doesNotContain("\tat ", "Exception");
        return this;
    }

    /** A problem where more than one status is right. */
    void expectProblemOf(Set<Integer> statuses) {
        assertThat(status)
                .as("the status from %s, which answered %s", call, this)
                .isIn(statuses);
        expectProblem(status);
    }

    /** A problem of bad input that names the field. */
    HttpAnswer expectProblemNaming(String field) {
        expectProblem(400);
        boolean named = json().path("errors")
                .valueStream()
                .anyMatch(error -> error.path("field").asString("").contains(field));
        assertThat(named)
                .as("whether %s names '%s': %s", call, field, excerpt())
                .isTrue();
        return this;
    }

    public JsonNode json() {
        try {
            return JSON.readTree(body);
        } catch (JacksonException e) {
            throw new AssertionError("No JSON from " + call + ": " + excerpt(), e);
        }
    }

    /** A field that must be there. */
    public String text(String field) {
        String value = json().path(field).asString("");
        assertThat(value).as("'" + field + "' from " + call).isNotEmpty();
        return value;
    }

    /** The header's first value, empty when there is none. */
    public String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    String etag() {
        String etag = header("ETag");
        assertThat(etag).as("a strong ETag from " + call).matches("\"[^\"]+\"");
        return etag;
    }

    private String excerpt() {
        return body.length() > 300 ? body.substring(0, 300) + "…" : body;
    }

    @Override
    public String toString() {
        return status + " " + excerpt();
    }
}
