package broadsheet.web.openapi;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The answers of a call that succeeds: statuses, the media type where it is not JSON, and an example. */
final class OperationAnswers {

    private static final String JSON = "application/json";
    private static final Set<Integer> WITHOUT_CONTENT = Set.of(204, 301, 302, 303, 304, 307, 308);

    private OperationAnswers() {}

    /** @param types media types of the answer, where the signature does not say them */
    static void describe(ObjectNode operation, List<String> types, OperationNote note) {
        JsonNode read = operation.get("responses").iterator().next();
        String readStatus =
                operation.get("responses").propertyNames().iterator().next();
        ObjectNode content = content(read.path("content"), types, note.answer());
        List<Integer> statuses = note.statuses().isEmpty() ? List.of(Integer.valueOf(readStatus)) : note.statuses();
        ObjectNode responses = operation.putObject("responses");
        for (int status : statuses) {
            ObjectNode response = responses.putObject(String.valueOf(status));
            HttpStatus known = HttpStatus.resolve(status);
            response.put("description", known == null ? "Success" : known.getReasonPhrase());
            if (!content.isEmpty() && !WITHOUT_CONTENT.contains(status)) {
                response.set("content", content.deepCopy());
            }
        }
    }

    private static ObjectNode content(JsonNode read, List<String> types, @Nullable JsonNode example) {
        ObjectNode content = JsonMapper.shared().createObjectNode();
        Collection<String> described = types.isEmpty() ? read.propertyNames() : types;
        for (String type : described) {
            ObjectNode body = content.putObject(type);
            JsonNode schema = read.path(JSON).path("schema");
            if (isJson(type) && schema.isObject() && !isOpaque(schema)) {
                body.set("schema", schema);
            } else {
                body.putObject("schema").put("type", isJson(type) ? "object" : "string");
            }
            if (example != null) {
                body.set("example", example);
            }
        }
        return content;
    }

    private static boolean isJson(String mediaType) {
        String type = mediaType.split(";", 2)[0];
        return type.endsWith("json") && !type.endsWith("ndjson");
    }

    /** Bytes that are written as they are. */
    private static boolean isOpaque(JsonNode schema) {
        String text = schema.toString();
        return text.contains(SchemaNames.REFERENCE + "org.springframework.") || text.contains("\"byte\"");
    }
}
