package broadsheet.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The schemas that are shipped, with times checked as well. */
final class Schemas {

    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            registry -> registry.schemaRegistryConfig(
                    SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

    private Schemas() {}

    static Schema of(EventType type) {
        return REGISTRY.getSchema(SchemaLocation.of("classpath:broadsheet/events/schemas/" + type.ceType() + ".json"));
    }

    /** The schema with what it refers to in its place. */
    static JsonNode resolved(EventType type) {
        return resolved(read(type.ceType() + ".json"));
    }

    private static JsonNode resolved(JsonNode node) {
        if (node.has("$ref")) {
            var there = (ObjectNode) resolved(read(node.path("$ref").asString()));
            return there.setAll((ObjectNode) node);
        }
        if (node instanceof ObjectNode object) {
            object.properties().forEach(field -> field.setValue(resolved(field.getValue())));
        }
        return node;
    }

    static JsonNode read(String file) {
        return JsonMapper.shared().readTree(Schemas.class.getResourceAsStream("schemas/" + file));
    }

    /** What does not fit; each starts with the field's path. */
    static List<String> errors(EventType type, byte[] data) {
        return of(type).validate(new String(data, UTF_8), InputFormat.JSON).stream()
                .map(Error::toString)
                .toList();
    }

    static List<String> errors(EventType type, JsonNode data) {
        return of(type).validate(data).stream().map(Error::toString).toList();
    }
}
