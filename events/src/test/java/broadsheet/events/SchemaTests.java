package broadsheet.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The schemas and the records say the same. */
class SchemaTests {

    private static final int ROUNDS = 500;

    @ParameterizedTest
    @EnumSource
    void goldenPayloadsFitTheirSchema(EventType type) {
        assertThat(Schemas.errors(type, GoldenRecord.of(type).data())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whateverIsWrittenFitsItsSchemaAndIsReadAsItWas(EventType type) {
        var events = new RandomEvents(42);
        for (int round = 0; round < ROUNDS; round++) {
            Event event = events.next(type);
            byte[] data = EventCodec.value(event).getBytes(UTF_8);
            assertThat(Schemas.errors(type, data))
                    .as(() -> "%s".formatted(event))
                    .isEmpty();
            assertThat(EventCodec.read(type, data)).isEqualTo(event);
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyFieldThatIsWrittenIsDescribed(EventType type) {
        JsonNode schema = Schemas.resolved(type);
        for (String field : fields(GoldenRecord.of(type).data(), "")) {
            String path = "/properties/" + field.replace(".", "/properties/") + "/description";
            assertThat(schema.at(path).asString("")).as(path).isNotBlank();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theSchemaRequiresWhatTheRecordDoes(EventType type) {
        for (String field : fields(GoldenRecord.of(type).data(), "")) {
            GoldenRecord without = changed(type, field, null);
            if (Schemas.errors(type, without.data()).isEmpty()) {
                assertThat(EventCodec.decode(without.record()).id()).as(field).isNotBlank();
            } else {
                assertUnreadable(without, field);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatDoesNotFitTheSchemaIsNotReadAsSomethingElse(EventType type) {
        for (String field : fields(GoldenRecord.of(type).data(), "")) {
            for (String wrong : List.of("true", "\"\"", "\"unheard-of\"", "{}", "[[]]", "[null]", "-1", "1.5")) {
                GoldenRecord changed = changed(type, field, wrong);
                if (!Schemas.errors(type, changed.data()).isEmpty()) {
                    assertUnreadable(changed, field);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void theLongestTextThatFitsTheSchemaIsReadAndNoLongerOne(EventType type) {
        JsonNode schema = Schemas.resolved(type);
        for (String field : fields(GoldenRecord.of(type).data(), "")) {
            int longest = schema.at("/properties/" + field.replace(".", "/properties/") + "/maxLength")
                    .asInt(0);
            if (longest > 0) {
                GoldenRecord fits = changed(type, field, "\"" + "😀".repeat(longest) + "\"");
                assertThat(Schemas.errors(type, fits.data())).isEmpty();
                assertThat(EventCodec.decode(fits.record()).event().type()).isEqualTo(type);
                assertUnreadable(changed(type, field, "\"" + "x".repeat(longest + 1) + "\""), field);
            }
        }
    }

    private static void assertUnreadable(GoldenRecord golden, String field) {
        assertThatThrownBy(() -> EventCodec.decode(golden.record()), "%s in %s", field, golden.data())
                .isInstanceOf(UnreadableEventException.class)
                .hasMessageContaining(golden.headers().get("ce_type"))
                .hasMessageContaining(field);
    }

    /** The paths of all fields, such as {@code article.category.slug}. */
    private static List<String> fields(JsonNode data, String above) {
        var fields = new ArrayList<String>();
        data.properties().forEach(field -> {
            String path = above + field.getKey();
            fields.add(path);
            fields.addAll(fields(field.getValue(), path + "."));
        });
        return fields;
    }

    /** The golden payload with one field as that JSON, or without it. */
    private static GoldenRecord changed(EventType type, String path, @Nullable String json) {
        GoldenRecord golden = GoldenRecord.of(type);
        JsonNode data = golden.data().deepCopy();
        JsonPointer field = JsonPointer.compile("/" + path.replace('.', '/'));
        var parent = (ObjectNode) data.at(field.head());
        String name = field.last().getMatchingProperty();
        if (json == null) {
            parent.remove(name);
        } else {
            parent.set(name, JsonMapper.shared().readTree(json));
        }
        return golden.withData(data);
    }
}
