package broadsheet.notification.event;

import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.events.ArticleChanged;
import broadsheet.events.Envelope;
import broadsheet.notification.ArticleEvents;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventHistoryTests {

    private static final Uuid TOPIC = Uuid.randomUuid();
    private static final Instant NOW = Instant.parse("2026-05-04T10:00:00Z");

    private final EventHistory history = new EventHistory(3, () -> NOW);
    private int records;

    @BeforeEach
    void begin() {
        history.begin(offsets(0, 0), List.of());
    }

    @Test
    void whoBeginsNowGetsNothingOfBefore() {
        publish(0, 0);
        var reader = resume(null);
        assertThat(read(reader)).isEmpty();
        assertThat(reader.resumePoint()).isEqualTo(point(1, 0));
        publish(1, 0);
        assertThat(read(reader)).containsExactly("1@0");
    }

    @Test
    void whoResumesGetsWhatCameAfter() {
        publish(0, 0);
        publish(1, 0);
        publish(0, 1);
        assertThat(read(resume(point(1, 0)))).containsExactly("1@0", "0@1");
        assertThat(resume(point(1, 0)).gap()).isNull();
        assertThat(read(resume(point(1, 1)))).containsExactly("0@1");
    }

    @Test
    void aRecordIsTakenOnce() {
        publish(0, 0);
        publish(0, 0);
        assertThat(read(resume(point(0, 0)))).containsExactly("0@0");
    }

    @Test
    void whatIsNoLongerKeptIsAGapButTheRestComes() {
        for (int offset = 0; offset < 5; offset++) {
            publish(0, offset);
        }
        var reader = resume(point(1, 0));
        assertThat(reader.gap()).isEqualTo(new HistoryGap(NOW, HistoryGap.Reason.EXPIRED));
        assertThat(read(reader)).containsExactly("0@2", "0@3", "0@4");
        assertThat(resume(point(2, 0)).gap()).isNull();
    }

    @Test
    void whatIsNotPublicTakesNoPlaceAndLeavesNoGap() {
        publish(0, 0);
        for (int offset = 1; offset < 50; offset++) {
            add(0, offset, null);
        }
        publish(0, 50);
        assertThat(read(resume(point(0, 0)))).containsExactly("0@0", "0@50");
        assertThat(resume(point(0, 0)).gap()).isNull();
    }

    @Test
    void aHoleThatCompactionLeftIsAGapForWhoIsBeforeIt() {
        publish(0, 0);
        var before = resume(null);
        publish(0, 7);
        assertThat(before.isInterrupted()).isTrue();
        assertThat(read(before)).isEmpty();
        assertThat(resume(point(1, 0)).gap()).isNotNull();
        assertThat(read(resume(point(1, 0)))).containsExactly("0@7");
        assertThat(resume(point(7, 0)).gap()).isNull();
    }

    @Test
    void anotherTopicsIdIsAGapAndNothingIsReplayed() {
        publish(0, 0);
        var reader = resume(new ResumePoint.AtOffsets(new TopicOffsets(Uuid.randomUuid(), List.of(0L), NOW)));
        assertThat(reader.gap()).isEqualTo(new HistoryGap(NOW, HistoryGap.Reason.UNKNOWN));
        assertThat(read(reader)).isEmpty();
    }

    @Test
    void anIdBehindTheEndIsAGapAndStartsFromTheEnd() {
        publish(0, 0);
        var reader = resume(point(9, 0));
        assertThat(reader.gap()).isEqualTo(new HistoryGap(NOW, HistoryGap.Reason.UNKNOWN));
        assertThat(reader.resumePoint()).isEqualTo(point(1, 0));
    }

    @Test
    void whoWaitedForKafkaGetsWhatWasWrittenSinceThen() {
        publish(0, 0);
        publish(1, 0);
        publish(0, 1);
        var reader = resume(new ResumePoint.AtMoment(NOW.plusMillis(10)));
        assertThat(read(reader)).containsExactly("1@0", "0@1");
        assertThat(reader.gap()).isNull();
    }

    @Test
    void whoGotAnEventElsewhereGetsWhatCameBehindIt() {
        String id = idOf(NOW);
        publish(0, 0);
        add(0, 1, event(ArticleEvents.published("a", "campus"), id));
        publish(0, 2);
        publish(1, 0);
        var reader = resume(new ResumePoint.AfterEvent(id));
        assertThat(read(reader)).containsExactly("0@2", "1@0");
        assertThat(reader.gap()).isNull();
        assertThat(reader.offsets().next()).containsExactly(3L, 1L);
    }

    @Test
    void anEventThatIsNotKeptIsResumedByTheTimeInItsId() {
        for (int offset = 0; offset < 5; offset++) {
            publish(0, offset);
        }
        var late = resume(new ResumePoint.AfterEvent(idOf(NOW.minusMillis(1))));
        assertThat(late.gap()).isEqualTo(new HistoryGap(NOW.minusMillis(1), HistoryGap.Reason.EXPIRED));
        assertThat(read(late)).containsExactly("0@2", "0@3", "0@4");
        var other = resume(new ResumePoint.AfterEvent(idOf(NOW.plusMillis(30))));
        assertThat(other.gap()).isEqualTo(new HistoryGap(NOW, HistoryGap.Reason.UNKNOWN));
        assertThat(read(other)).isEmpty();
    }

    @Test
    void aFullerInstanceResumesTheClientOfAnother() {
        publish(0, 0);
        publish(0, 1);
        publish(1, 0);
        publish(1, 1);
        var reader = resume(point(2, 1));
        assertThat(read(reader)).containsExactly("1@1");
        assertThat(reader.resumePoint())
                .isEqualTo(new ResumePoint.AtOffsets(offsets(2, 2).asOf(NOW.plusMillis(30))));
    }

    @Test
    void aWithdrawalRemovesWhatWasSaidOfTheArticleBefore() {
        publish(0, 0);
        add(1, 0, event(ArticleEvents.published("other", "campus"), "1@0"));
        add(0, 1, event(ArticleEvents.withdrawn("a", "campus"), "0@1"));
        assertThat(read(resume(point(0, 0)))).containsExactly("1@0", "0@1");
        assertThat(read(history.fromOldest(EventFilter.everything()))).containsExactly("1@0", "0@1");
        assertThat(resume(point(0, 0)).gap()).isNull();
    }

    @Test
    void noWordFindsOutWhatAWithdrawnArticleSaid() {
        var withdrawn = event(ArticleEvents.withdrawn("a", "campus"), "0@0");
        assertThat(filter("campus", "library").matches(withdrawn)).isTrue();
        assertThat(filter("campus", "no such word").matches(withdrawn)).isTrue();
        assertThat(filter("sports", "library").matches(withdrawn)).isFalse();
    }

    @Test
    void aReaderIsBehindByWhatCameSinceItJoined() {
        publish(0, 0);
        var reader = resume(point(0, 0));
        publish(0, 1);
        publish(0, 2);
        assertThat(reader.isBehindBy(2)).isFalse();
        assertThat(reader.isBehindBy(1)).isTrue();
        publish(0, 3);
        assertThat(reader.isBehindBy(100))
                .as("its next event is not kept any more")
                .isTrue();
    }

    private EventReader resume(@Nullable ResumePoint point) {
        return history.resume(point, EventFilter.everything());
    }

    private static List<String> read(EventReader reader) {
        var ids = new ArrayList<String>();
        for (var event = reader.poll(); event != null; event = reader.poll()) {
            ids.add(event.notification().id());
        }
        return ids;
    }

    private void publish(int partition, long offset) {
        add(partition, offset, event(ArticleEvents.published("a", "campus"), partition + "@" + offset));
    }

    /** Written ten milliseconds after each other. */
    private void add(int partition, long offset, @Nullable PublicEvent event) {
        history.add(new ArticleRecord(partition, offset, NOW.plusMillis(10L * records++), event));
    }

    private static PublicEvent event(ArticleChanged change, String id) {
        return PublicEvent.of(new Envelope<>(id, "/article-service", NOW, change), notification -> "{}")
                .orElseThrow();
    }

    private static EventFilter filter(String category, String keyword) {
        return new EventFilter(Set.of(category), Set.of(), Set.of(), Set.of(keyword), Set.of());
    }

    private static String idOf(Instant time) {
        return "%012x".formatted(time.toEpochMilli()).replaceFirst("(.{8})(.{4})", "$1-$2-7abc-8abc-0123456789ab");
    }

    private static ResumePoint point(long first, long second) {
        return new ResumePoint.AtOffsets(offsets(first, second));
    }

    private static TopicOffsets offsets(long first, long second) {
        return new TopicOffsets(TOPIC, List.of(first, second), NOW);
    }
}
