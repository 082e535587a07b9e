package broadsheet.story;

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
record Answer(String call, int status, HttpHeaders headers, String body) {

    static final JsonMapper JSON = JsonMapper.builder().build();

    Answer expect(int expected) {
        Mismatch.unless(status == expected, expected + " from " + call, "got " + this);
        return this;
    }

    /** A problem of RFC 9457 with this status. */
    Answer expectProblem(int expected) {
        expect(expected);
        String type = header("Content-Type");
        Mismatch.unless(
                type.startsWith("application/problem+json"),
                "application/problem+json from " + call,
                "got '" + type + "': " + excerpt());
        Mismatch.unlessEqual(
                "the problem's status from " + call,
                expected,
                json().path("status").asInt(-1));
        Mismatch.unless(!json().path("title").asString("").isBlank(), "a problem with a title from " + call, excerpt());
        Mismatch.unless(
                !body.contains("\tat ") && !body.contains("Exception"), "no inner workings in " + call, excerpt());
        return this;
    }

    /** A problem where more than one status is right. */
    void expectProblemOf(Set<Integer> statuses) {
        Mismatch.unless(statuses.contains(status), "one of " + statuses + " from " + call, "got " + this);
        expectProblem(status);
    }

    /** A problem of bad input that names the field. */
    Answer expectProblemNaming(String field) {
        expectProblem(400);
        boolean named = json().path("errors")
                .valueStream()
                .anyMatch(error -> error.path("field").asString("").contains(field));
        Mismatch.unless(named, "errors that name '" + field + "' from " + call, "got " + excerpt());
        return this;
    }

    JsonNode json() {
        try {
            return JSON.readTree(body);
        } catch (JacksonException e) {
            throw new Mismatch("JSON from " + call, "got " + excerpt());
        }
    }

    /** A field that must be there. */
    String text(String field) {
        String value = json().path(field).asString("");
        Mismatch.unless(!value.isEmpty(), "'" + field + "' from " + call, "got " + excerpt());
        return value;
    }

    /** The header's first value, empty when there is none. */
    String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    String etag() {
        String etag = header("ETag");
        Mismatch.unless(etag.matches("\"[^\"]+\""), "a strong ETag from " + call, "got '" + etag + "'");
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
