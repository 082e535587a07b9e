package broadsheet.web.openapi;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a call takes: words on each parameter, those that many calls have included, and the body. */
final class OperationInput {

    private static final Map<String, String> SHARED = Map.of(
            "username", "{\"description\": \"The name that the account signs in by\"}",
            "category", "{\"description\": \"The slug of a category\"}",
            "limit", "{\"description\": \"How many items at most\", \"minimum\": 1, \"maximum\": 100, \"default\": 20}",
            "cursor", "{\"description\": \"`nextCursor` of the page before\"}",
            "If-Match", "{\"description\": \"The `ETag` of the version that is changed\"}",
            "id", "{\"description\": \"The `id` of what is meant\"}",
            "slug", "{\"description\": \"The last part of its address\"}");

    private static final String FILE = "file";

    private OperationInput() {}

    static void describe(ObjectNode operation, String path, OperationNote note) {
        if (operation.get("parameters") instanceof ArrayNode parameters) {
            parameters.removeIf(parameter -> isOfAnotherPath(parameter, path));
        }
        if (note.isIdempotent()) {
            addIdempotencyKey(operation);
        }
        for (JsonNode parameter : operation.path("parameters")) {
            String name = parameter.path("name").asString("");
            JsonNode own = note.parameters().get(name);
            String shared = SHARED.get(name);
            if (own != null) {
                describe((ObjectNode) parameter, own);
            } else if (shared != null) {
                describe((ObjectNode) parameter, JsonMapper.shared().readTree(shared));
            }
        }
        describeBody(operation, note);
    }

    private static void addIdempotencyKey(ObjectNode operation) {
        ArrayNode parameters =
                operation.get("parameters") instanceof ArrayNode there ? there : operation.putArray("parameters");
        ObjectNode key = parameters
                .addObject()
                .put("name", "Idempotency-Key")
                .put("in", "header")
                .put("required", false);
        key.put(
                "description",
                "Chosen by the caller: with the same one, the same is not made twice but answered again");
        key.putObject("schema").put("type", "string");
    }

    /** A method that serves several paths has the variables of all. */
    private static boolean isOfAnotherPath(JsonNode parameter, String path) {
        String name = parameter.path("name").asString("");
        if (!parameter.path("in").asString("").equals("path")) {
            return false;
        }
        ((ObjectNode) parameter).put("required", true);
        return !path.contains("{" + name + "}");
    }

    /** A text describes it; of an object all but the description belongs to its schema. */
    private static void describe(ObjectNode parameter, JsonNode words) {
        if (words.isString()) {
            parameter.set("description", words);
            return;
        }
        ObjectNode schema = (ObjectNode) parameter.get("schema");
        words.forEachEntry((key, value) -> {
            if (key.equals("description") || key.equals("example")) {
                parameter.set(key, value);
            } else {
                schema.set(key, value);
            }
        });
    }

    private static void describeBody(ObjectNode operation, OperationNote note) {
        if (!note.form().isEmpty()) {
            describeForm(operation, note.form());
        } else if (!note.requestType().isEmpty()) {
            ObjectNode body = operation.putObject("requestBody").put("required", true);
            ObjectNode content = body.putObject("content");
            note.requestType().forEach(type -> {
                ObjectNode described = content.putObject(type);
                described.putObject("schema").put("type", "string");
                example(described, note.request());
            });
        } else if (note.request() != null) {
            operation
                    .path("requestBody")
                    .path("content")
                    .forEach(content -> example((ObjectNode) content, note.request()));
        }
    }

    private static void describeForm(ObjectNode operation, Map<String, String> form) {
        ObjectNode schema = operation
                .putObject("requestBody")
                .put("required", true)
                .putObject("content")
                .putObject("multipart/form-data")
                .putObject("schema")
                .put("type", "object");
        ObjectNode parts = schema.putObject("properties");
        form.forEach((name, description) -> {
            ObjectNode part = parts.putObject(name).put("type", "string").put("description", description);
            if (name.equals(FILE)) {
                part.put("format", "binary");
            }
        });
        schema.putArray("required").add(FILE);
    }

    private static void example(ObjectNode content, @Nullable JsonNode example) {
        if (example != null) {
            content.set("example", example);
        }
    }
}
