package broadsheet.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTests {

    private static final ArticleHits HITS = new ArticleHits("a", 7, Instant.EPOCH, 1);

    @Test
    void idsAreUuidsOfVersionSevenThatGrow() {
        List<String> ids = Stream.generate(
                        () -> Envelope.of("/test", Instant.EPOCH, HITS).id())
                .limit(100_000)
                .toList();
        assertThat(ids)
                .allMatch(id -> UUID.fromString(id).version() == 7
                        && UUID.fromString(id).variant() == 2);
        assertThat(ids).doesNotHaveDuplicates().isSorted();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-05-04T10:00:00Z", "2026-05-04T10:00:00.1Z", "2026-05-04T10:00:00.000000001Z"})
    void theTimeIsWrittenAsRfc3339SaysAndReadAsItWas(String time) {
        GoldenRecord golden = GoldenRecord.of(EventType.ARTICLE_HITS).withHeader("ce_time", time);
        Envelope<?> envelope = EventCodec.decode(golden.record());
        assertThat(envelope.time()).isEqualTo(Instant.parse(time));
        String written = String.valueOf(EventCodec.encode(envelope).headers().get("ce_time"));
        assertThat(OffsetDateTime.parse(written).toInstant()).isEqualTo(envelope.time());
        assertThat(written).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");
    }

    @Test
    void aTimeWithAnOffsetIsReadToo() {
        GoldenRecord golden =
                GoldenRecord.of(EventType.ARTICLE_HITS).withHeader("ce_time", "2026-05-04T12:00:00+02:00");
        assertThat(EventCodec.decode(golden.record()).time()).isEqualTo(Instant.parse("2026-05-04T10:00:00Z"));
    }

    @Test
    void anEnvelopeSaysWhatItMisses() {
        assertThatThrownBy(() -> new Envelope<>("", "/test", Instant.EPOCH, HITS))
                .hasMessageContaining("ce_id");
        assertThatThrownBy(() -> new Envelope<>("1", " ", Instant.EPOCH, HITS)).hasMessageContaining("ce_source");
    }
}
