package broadsheet.notification.stream;

import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.notification.Articles;
import broadsheet.notification.filter.ArticleFilter;
import broadsheet.notification.stream.RecentNotifications.Replay;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecentNotificationsTests {

    private static final Uuid TOPIC = Uuid.randomUuid();
    private static final Instant NOW = Instant.parse("2026-05-04T10:00:00Z");

    private final RecentNotifications recent = new RecentNotifications(3, position(0, 0));

    @Test
    void whoBeginsNowGetsNothingOfBefore() {
        publish(0, 0);
        Replay replay = recent.since(null, NOW);
        assertThat(told(replay)).isEmpty();
        assertThat(replay.from()).isEqualTo(position(1, 0).asOf(NOW));
    }

    @Test
    void whoResumesGetsWhatCameAfter() {
        publish(0, 0);
        publish(1, 0);
        publish(0, 1);
        assertThat(told(recent.since(position(1, 0), NOW))).containsExactly("1@0", "0@1");
        assertThat(recent.since(position(1, 0), NOW).gap()).isNull();
        assertThat(told(recent.since(position(1, 1), NOW))).containsExactly("0@1");
    }

    @Test
    void aRecordIsTakenOnce() {
        publish(0, 0);
        assertThat(recent.add(received(0, 0, true))).isNull();
        assertThat(told(recent.since(position(0, 0), NOW))).containsExactly("0@0");
    }

    @Test
    void whatIsNoLongerKeptIsAGapButTheRestComes() {
        for (int offset = 0; offset < 5; offset++) {
            publish(0, offset);
        }
        Replay replay = recent.since(position(1, 0), NOW);
        assertThat(replay.gap()).isEqualTo(new Gap(NOW, Gap.Reason.EXPIRED));
        assertThat(told(replay)).containsExactly("0@2", "0@3", "0@4");
        assertThat(recent.since(position(2, 0), NOW).gap()).isNull();
    }

    @Test
    void whatNobodyMayHearOfTakesNoPlaceAndLeavesNoGap() {
        publish(0, 0);
        for (int offset = 1; offset < 50; offset++) {
            recent.add(received(0, offset, false));
        }
        publish(0, 50);
        assertThat(told(recent.since(position(0, 0), NOW))).containsExactly("0@0", "0@50");
        assertThat(recent.since(position(0, 0), NOW).gap()).isNull();
    }

    @Test
    void aHoleThatCompactionLeftIsAGapForWhoIsBeforeIt() {
        publish(0, 0);
        publish(0, 7);
        assertThat(recent.since(position(1, 0), NOW).gap()).isNotNull();
        assertThat(told(recent.since(position(1, 0), NOW))).containsExactly("0@7");
        assertThat(recent.since(position(7, 0), NOW).gap()).isNull();
    }

    @Test
    void anotherTopicsIdIsAGapAndNothingIsReplayed() {
        publish(0, 0);
        Replay replay = recent.since(new Position(Uuid.randomUuid(), List.of(0L), NOW), NOW);
        assertThat(replay.gap()).isEqualTo(new Gap(NOW, Gap.Reason.UNKNOWN));
        assertThat(told(replay)).isEmpty();
    }

    @Test
    void anIdBehindTheEndIsAGapAndStartsFromTheEnd() {
        publish(0, 0);
        Replay replay = recent.since(position(9, 0), NOW);
        assertThat(replay.gap()).isEqualTo(new Gap(NOW, Gap.Reason.UNKNOWN));
        assertThat(replay.from()).isEqualTo(position(1, 0));
    }

    @Test
    void whoWaitedForKafkaGetsWhatWasWrittenSinceThen() {
        publish(0, 0);
        publish(1, 0);
        publish(0, 1);
        Replay replay = recent.since(Position.moment(NOW.plusMillis(10)), NOW);
        assertThat(told(replay)).containsExactly("1@0", "0@1");
        assertThat(replay.gap()).isNull();
    }

    @Test
    void aFullerInstanceResumesTheClientOfAnother() {
        publish(0, 0);
        publish(0, 1);
        publish(1, 0);
        publish(1, 1);
        Replay replay = recent.since(position(2, 1), NOW);
        var cursor = new Cursor(replay.from(), ArticleFilter.everything());
        replay.kept().forEach(cursor::passes);
        assertThat(cursor.position()).isEqualTo(recent.head());
    }

    private static List<String> told(Replay replay) {
        var cursor = new Cursor(replay.from(), ArticleFilter.everything());
        return replay.kept().stream()
                .filter(cursor::passes)
                .map(told -> told.partition() + "@" + told.offset())
                .toList();
    }

    private void publish(int partition, long offset) {
        recent.add(received(partition, offset, true));
    }

    /** Written ten milliseconds after each other, by what was read before. */
    private Received received(int partition, long offset, boolean published) {
        long read = recent.head().next(0) + recent.head().next(1);
        return new Received(partition, offset, NOW.plusMillis(10 * read), published ? message() : null);
    }

    private static @Nullable Message message() {
        var article = Articles.published("a", "campus").article();
        var notification = new Notification("1", "article.published", NOW, Notification.Article.of(article));
        return new Message(article, notification, "{}");
    }

    private static Position position(long first, long second) {
        return new Position(TOPIC, List.of(first, second), NOW);
    }
}
