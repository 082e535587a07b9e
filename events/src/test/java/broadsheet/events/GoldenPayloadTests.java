package broadsheet.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.node.ObjectNode;

/** What was once written is read, and written the same, byte for byte. */
class GoldenPayloadTests {

    @ParameterizedTest
    @EnumSource
    void aGoldenRecordIsWrittenAsItWasRead(EventType type) {
        GoldenRecord golden = GoldenRecord.of(type);
        Envelope<?> read = EventCodec.decode(golden.record());
        assertThat(read.event().type()).isEqualTo(type);

        var written = EventCodec.encode(read).toRecord();
        assertThat(new String(written.value(), UTF_8)).isEqualTo(new String(golden.value(), UTF_8));
        assertThat(GoldenRecord.texts(written.headers())).isEqualTo(golden.headers());
        assertThat(written.key()).isEqualTo(golden.key());
        assertThat(written.topic()).isEqualTo(type.topic());
    }

    @Test
    void whatTheFirstVersionWroteIsRead() {
        var view = (ArticleViewed)
                EventCodec.decode(GoldenRecord.first(EventType.ARTICLE_VIEWED).record())
                        .event();
        var hits = (ArticleHits)
                EventCodec.decode(GoldenRecord.first(EventType.ARTICLE_HITS).record())
                        .event();
        var correction = (ArticleCorrected) EventCodec.decode(
                        GoldenRecord.first(EventType.ARTICLE_CORRECTED).record())
                .event();
        var ended = (StaffSessionsEnded) EventCodec.decode(
                        GoldenRecord.first(EventType.STAFF_SESSIONS_ENDED).record())
                .event();
        var publication = (ArticlePublished) EventCodec.decode(
                        GoldenRecord.first(EventType.ARTICLE_PUBLISHED).record())
                .event();
        assertThat(publication.tellsNobody()).isFalse();
        assertThat(EventCodec.value(publication)).doesNotContain("silent");
        assertThat(correction.note()).isNull();
        assertThat(ended.roles()).isNull();
        assertThat(view.evidence()).isEqualTo(ArticleViewed.Evidence.NONE);
        assertThat(hits.generation()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void whatALaterVersionAddedIsIgnored(EventType type) {
        GoldenRecord golden = GoldenRecord.of(type);
        ObjectNode later = (ObjectNode) golden.data().deepCopy();
        later.put("added", 7).putObject("more").put("deep", true);
        if (later.path("article") instanceof ObjectNode article) {
            article.put("added", "too").withObject("category").put("position", 3);
        }
        var read = EventCodec.decode(golden.withData(later)
                .withHeader("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                .withHeader("ce_subject", "whatever")
                .record());
        assertThat(read).isEqualTo(EventCodec.decode(golden.record()));
        assertThat(Schemas.errors(type, later)).isEmpty();
    }
}
