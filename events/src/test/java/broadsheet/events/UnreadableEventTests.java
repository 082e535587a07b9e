package broadsheet.events;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever finds a record in the dead-letter topic learns from the message what is wrong with it. */
class UnreadableEventTests {

    private static final GoldenRecord VIEWED = GoldenRecord.of(EventType.ARTICLE_VIEWED);

    @ParameterizedTest
    @ValueSource(strings = {"ce_specversion", "ce_id", "ce_source", "ce_type", "ce_time"})
    void aMissingOrBlankHeaderIsNamed(String header) {
        for (String value : Arrays.asList(null, "", " ")) {
            assertUnreadable(VIEWED.withHeader(header, value).record(), "The header " + header + " is missing");
        }
    }

    @Test
    void aHeaderMayBeLeftOutThatNobodyReads() {
        assertThat(EventCodec.decode(VIEWED.withHeader("content-type", null).record())
                        .event())
                .isEqualTo(EventCodec.decode(VIEWED.record()).event());
    }

    @Test
    void anUnknownTypeIsNamed() {
        assertUnreadable(
                VIEWED.withHeader("ce_type", "news.article.viewed.v2").record(),
                "Unknown event type 'news.article.viewed.v2'");
    }

    @Test
    void anotherVersionOfCloudEventsIsNamed() {
        assertUnreadable(VIEWED.withHeader("ce_specversion", "0.3").record(), "Unknown CloudEvents version '0.3'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "2026-05-04", "2026-05-04T10:00:00", "1777888800000"})
    void whatIsNoTimeIsNamed(String time) {
        assertUnreadable(
                VIEWED.withHeader("ce_time", time).record(), "The header ce_time is not a time: '" + time + "'");
    }

    @Test
    void theKeyIsThatOfTheEvent() {
        assertUnreadable(
                VIEWED.record("another", VIEWED.value()),
                "The record's key 'another' is not that of its event, '" + VIEWED.key() + "'");
        assertUnreadable(VIEWED.record(null, VIEWED.value()), "The record's key 'null'");
    }

    @Test
    void withoutDataThereIsNoEvent() {
        assertUnreadable(VIEWED.record(VIEWED.key(), null), "The event has no data");
        assertUnreadable(VIEWED.record(VIEWED.key(), "null".getBytes(UTF_8)), "news.article.viewed.v1 is null");
        assertUnreadable(VIEWED.record(VIEWED.key(), new byte[0]), "news.article.viewed.v1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"articleId\": ", "[]", "7", "\"text\"", "<xml/>", "{} {}", "\u0000"})
    void malformedDataIsRefusedWithItsType(String data) {
        assertUnreadable(
                VIEWED.record(VIEWED.key(), data.getBytes(UTF_8)),
                "The data of news.article.viewed.v1 cannot be read: ");
    }

    @Test
    void bytesThatAreNoTextAreRefused() {
        byte[] latin = new String(VIEWED.value(), UTF_8)
                .replace("mobile", "m\u00f6bile")
                .getBytes(ISO_8859_1);
        assertUnreadable(VIEWED.record(VIEWED.key(), latin), "The data of news.article.viewed.v1 cannot be read: ");
    }

    private static void assertUnreadable(ConsumerRecord<String, byte[]> record, String... parts) {
        assertThatThrownBy(() -> EventCodec.decode(record))
                .isInstanceOf(UnreadableEventException.class)
                .hasMessageContainingAll(parts);
    }
}
