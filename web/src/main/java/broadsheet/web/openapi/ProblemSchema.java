package broadsheet.web.openapi;

import java.util.Objects;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.node.ObjectNode;

/** Problem details (RFC 9457), as every error has them. */
final class ProblemSchema {

    static final String NAME = "Problem";

    private ProblemSchema() {}

    static void define(ObjectNode schemas) {
        ObjectNode problem = schemas.putObject(NAME).put("type", "object");
        problem.put("description", "Problem details (RFC 9457)");
        problem.putArray("required").add("title").add("status");
        ObjectNode properties = problem.putObject("properties");
        properties.putObject("type").put("type", "string").put("format", "uri-reference");
        properties.putObject("title").put("type", "string");
        properties.putObject("status").put("type", "integer").put("format", "int32");
        properties.putObject("detail").put("type", "string");
        properties.putObject("instance").put("type", "string").put("format", "uri-reference");
        ObjectNode error = properties.putObject("errors").put("type", "array").putObject("items");
        error.put("type", "object").putArray("required").add("field").add("message");
        error.putObject("properties").putObject("field").put("type", "string");
        ((ObjectNode) error.get("properties")).putObject("message").put("type", "string");
        error.put("additionalProperties", false);
    }

    static ObjectNode example(ObjectNode factory, int status, String detail) {
        ObjectNode example = factory.objectNode()
                .put("title", Objects.requireNonNull(HttpStatus.resolve(status)).getReasonPhrase())
                .put("status", status)
                .put("detail", detail);
        if (status == HttpStatus.BAD_REQUEST.value()) {
            example.put("detail", "Bad input: limit must be between 1 and 100")
                    .putArray("errors")
                    .addObject()
                    .put("field", "limit")
                    .put("message", "must be between 1 and 100");
        }
        return example;
    }
}
