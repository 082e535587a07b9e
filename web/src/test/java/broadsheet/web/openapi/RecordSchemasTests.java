package broadsheet.web.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class RecordSchemasTests {

    private static final String PACKAGE = "broadsheet.web.openapi.RecordSchemasTests.";

    record Thing(
            String name,
            @JsonProperty("class") String kind,
            @Nullable String note,
            @Nullable Part part,
            @Nullable Size size,
            @JsonUnwrapped Place place) {}

    record Part(int weight) {}

    record Place(String city, @Nullable String street) {}

    enum Size {
        SMALL
    }

    @Test
    void whatMayBeNullSaysSoAndTheRestIsAlwaysThere() {
        JsonNode thing = refined("""
                {"type": "object", "properties": {
                    "name": {"type": "string"}, "class": {"type": "string"}, "note": {"type": "string"},
                    "part": {"$ref": "#/part"}, "size": {"type": "string", "enum": ["SMALL"]},
                    "city": {"type": "string"}, "street": {"type": "string"}}}
                """);

        assertThat(thing.path("required").toString()).isEqualTo("[\"name\",\"class\",\"city\"]");
        assertThat(thing.at("/properties/note/type").toString()).isEqualTo("[\"string\",\"null\"]");
        assertThat(thing.at("/properties/part").toString())
                .isEqualTo("{\"anyOf\":[{\"$ref\":\"#/part\"},{\"type\":\"null\"}]}");
        assertThat(thing.at("/properties/size/enum").toString()).isEqualTo("[\"SMALL\",null]");
        assertThat(thing.at("/properties/street/type").toString()).isEqualTo("[\"string\",\"null\"]");
        assertThat(thing.path("additionalProperties").asBoolean(true)).isFalse();
    }

    @Test
    void whatImplementsAnInterfaceIsDescribedAsItIs() {
        JsonNode thing = refined("""
                {"allOf": [{"$ref": "#/any"}, {"type": "object", "properties": {"name": {"type": "string"}}}]}
                """);

        assertThat(thing.at("/properties/name/type").asString()).isEqualTo("string");
        assertThat(thing.has("allOf")).isFalse();
    }

    private static JsonNode refined(String schema) {
        ObjectNode schemas = JsonMapper.shared().createObjectNode();
        schemas.set(PACKAGE + "Thing", JsonMapper.shared().readTree(schema));
        RecordSchemas.refine(schemas);
        return schemas.path(PACKAGE + "Thing");
    }
}
