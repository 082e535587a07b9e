package broadsheet.events;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever adds a type of event is told what else it needs. */
class EventTypeTests {

    @ParameterizedTest
    @EnumSource
    void everyTypeHasATopicASchemaAndAGoldenPayload(EventType type) {
        assertThat(Topic.values()).extracting(Topic::topicName).contains(type.topic());
        assertThat(Schemas.of(type).getSchemaNode().path("title").asString()).isNotBlank();
        assertThat(GoldenRecord.of(type).headers()).containsEntry("ce_type", type.ceType());
    }

    @Test
    void everyEventHasAType() {
        Set<Class<?>> records =
                Arrays.stream(EventType.values()).map(EventType::record).collect(toSet());
        assertThat(records).isEqualTo(records(Event.class).collect(toSet())).hasSameSizeAs(EventType.values());
    }

    @ParameterizedTest
    @EnumSource
    void aTypeIsFoundByItsName(EventType type) {
        assertThat(EventType.of(type.ceType())).isEqualTo(type);
        assertThat(type.ceType()).matches("(news|staff)(\\.[a-z]+)+\\.v1");
    }

    private static Stream<Class<?>> records(Class<?> sealed) {
        return sealed.isSealed()
                ? Arrays.stream(sealed.getPermittedSubclasses()).flatMap(EventTypeTests::records)
                : Stream.of(sealed);
    }
}
