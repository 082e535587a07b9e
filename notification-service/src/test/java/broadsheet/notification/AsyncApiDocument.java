package broadsheet.notification;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the AsyncAPI document says of a message, held to strictly: a field that it does not name is an error too. */
public final class AsyncApiDocument {

    private static final String ID = "https://broadsheet.example/asyncapi";
    private static final JsonNode DOCUMENT = read();
    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            registry -> registry.schemas(Map.of(ID, strict().toString()))
                    .schemaRegistryConfig(SchemaRegistryConfig.builder()
                            .formatAssertionsEnabled(true)
                            .build()));

    private AsyncApiDocument() {}

    public static JsonNode message(String name) {
        return DOCUMENT.at("/components/messages/" + name);
    }

    public static List<String> messages() {
        return List.copyOf(DOCUMENT.at("/components/messages").propertyNames());
    }

    /** What does not fit; each starts with the field's path. */
    public static List<String> errors(String message, JsonNode payload) {
        return errors(message, "payload", payload);
    }

    public static List<String> headerErrors(String message, JsonNode headers) {
        return errors(message, "headers", headers);
    }

    private static List<String> errors(String message, String part, JsonNode value) {
        var location = SchemaLocation.of(ID + "#/components/messages/" + message + "/" + part);
        return REGISTRY.getSchema(location).validate(value).stream()
                .map(Error::toString)
                .toList();
    }

    private static JsonNode strict() {
        JsonNode strict = DOCUMENT.deepCopy();
        strict.at("/components/schemas").findParents("properties").forEach(schema -> {
            if (schema instanceof ObjectNode object
                    && object.path("type").asString("").equals("object")) {
                object.put("unevaluatedProperties", false);
            }
        });
        return strict;
    }

    private static JsonNode read() {
        try {
            return JsonMapper.shared()
                    .readTree(new ClassPathResource("broadsheet/asyncapi.json").getContentAsByteArray());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
