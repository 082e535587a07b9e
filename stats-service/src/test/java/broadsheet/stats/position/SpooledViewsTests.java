package broadsheet.stats.position;

import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.events.Envelope;
import broadsheet.events.EventCodec;
import broadsheet.events.Topics;
import broadsheet.events.ViewsSpooled;
import broadsheet.kafka.TopicBeginning;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SpooledViewsTests {

    private Instant now = Instant.parse("2026-11-24T06:10:00Z");
    private final SpooledViews spooled = new SpooledViews(() -> now);

    @BeforeEach
    void begin() {
        spooled.onBeginning(new TopicBeginning(Uuid.randomUuid(), Map.of(), true));
    }

    @Test
    void anInstanceThatFellSilentMayHoldViewsUntilItTellsAgain() {
        spooled.onCaughtUp();
        assertThat(spooled.areNone()).isTrue();
        tell(new ViewsSpooled("one", 0, 10));
        tell(new ViewsSpooled("two", 0, 10));
        now = now.plusSeconds(9);
        tell(new ViewsSpooled("two", 0, 10));
        assertThat(spooled.areNone()).isTrue();

        now = now.plusSeconds(1);
        assertThat(spooled.areNone()).isFalse();
        assertThat(spooled.waiting()).containsOnlyKeys("one");
        tell(new ViewsSpooled("one", 0, 10));
        assertThat(spooled.areNone()).isTrue();
    }

    @Test
    void viewsThatWaitWaitHoweverLongAgoItWasTold() {
        spooled.onCaughtUp();
        tell(new ViewsSpooled("one", 3, 10));
        assertThat(spooled.areNone()).isFalse();
        now = now.plusSeconds(60);
        assertThat(spooled.waiting()).isEqualTo(Map.of("one", 3L));
    }

    @Test
    void theLastWordIsBelievedForGood() {
        spooled.onCaughtUp();
        tell(new ViewsSpooled("one", 0, 10));
        tell(new ViewsSpooled("one", 0));
        now = now.plusSeconds(60);
        assertThat(spooled.areNone()).isTrue();
    }

    @Test
    void whatWasToldBeforeTheStartIsLongAgo() {
        tell(new ViewsSpooled("one", 0, 10));
        tell(new ViewsSpooled("two", 0));
        spooled.onCaughtUp();
        assertThat(spooled.areNone()).isFalse();
        assertThat(spooled.waiting()).containsOnlyKeys("one");
        tell(new ViewsSpooled("one", 0, 10));
        assertThat(spooled.areNone()).isTrue();
    }

    private void tell(ViewsSpooled event) {
        var record =
                EventCodec.encode(Envelope.of("/article-service", now, event)).toRecord();
        var received = new ConsumerRecord<>(Topics.VIEWS_SPOOLED, 0, 0, record.key(), record.value());
        record.headers().forEach(header -> received.headers().add(header));
        spooled.onRecord(received);
    }
}
