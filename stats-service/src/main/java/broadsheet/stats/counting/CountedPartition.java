package broadsheet.stats.counting;

import broadsheet.events.ArticleViewed;
import broadsheet.events.Envelope;
import broadsheet.stats.StatsProperties;
import broadsheet.stats.position.Position;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * One partition as it is read: decides what each record is. Decisions are a function of the records alone, so a batch
 * that is read again, by whomever and however it is cut, is decided the same.
 */
final class CountedPartition {

    private static final Instant PAST = Instant.parse("2000-01-01T00:00:00Z");

    private final String key;
    private final StatsProperties properties;
    private final RecentViews recent;
    private final long resume;
    private long next;

    /**
     * A partition from a position on.
     *
     * @param start the first record that will be shown
     * @param resume the first one that is not counted yet; what comes before is only remembered
     */
    CountedPartition(String key, long start, long resume, StatsProperties properties) {
        this.key = key;
        this.resume = resume;
        this.next = start;
        this.properties = properties;
        this.recent = new RecentViews(properties.memory(), properties.doubleClick(), properties.rememberedViews());
    }

    /** Whether the record was shown before: the consumer was moved without us. */
    boolean isPast(ConsumerRecord<?, ?> record) {
        return record.offset() < next;
    }

    boolean counts(ConsumerRecord<?, ?> record) {
        return record.offset() >= resume;
    }

    Position position() {
        return new Position(key, next, Instant.ofEpochMilli(Math.max(0, recent.clock())));
    }

    /**
     * What becomes of the record.
     *
     * @param event null where it cannot be read
     */
    Decided decide(ConsumerRecord<?, ?> record, @Nullable Envelope<?> event) {
        next = record.offset() + 1;
        recent.advanceTo(record.timestamp());
        Instant arrived = Instant.ofEpochMilli(Math.max(0, record.timestamp()));
        if (event == null) {
            return new Decided(key, record.offset(), Outcome.DEAD_LETTERED, arrived, null);
        }
        if (!(event.event() instanceof ArticleViewed view) || !isReceivedBefore(arrived, view)) {
            Outcome outcome = recent.hasSeen(event.id()) ? Outcome.DUPLICATE : Outcome.INVALID;
            recent.remember(event.id());
            return new Decided(key, record.offset(), outcome, arrived, null);
        }
        return new Decided(key, record.offset(), outcome(event.id(), view), view.receivedAt(), view);
    }

    private Outcome outcome(String eventId, ArticleViewed view) {
        boolean duplicate = recent.hasSeen(eventId);
        Outcome alone = outcomeOfItsOwn(view);
        if (alone != Outcome.COUNTED) {
            recent.remember(eventId);
            return duplicate ? Outcome.DUPLICATE : alone;
        }
        boolean doubleClick = recent.hasOpened(view.articleId(), view.visitorKey(), view.occurredAt());
        recent.remember(eventId, view.articleId(), view.visitorKey(), view.occurredAt());
        if (duplicate) {
            return Outcome.DUPLICATE;
        }
        return doubleClick ? Outcome.DOUBLE_CLICK : Outcome.COUNTED;
    }

    private Outcome outcomeOfItsOwn(ArticleViewed view) {
        if (view.occurredAt().isAfter(view.receivedAt().plus(properties.clockSkew()))) {
            return Outcome.INVALID;
        }
        if (view.occurredAt().isBefore(view.receivedAt().minus(properties.lateAfter()))) {
            return Outcome.LATE;
        }
        return switch (view.agent()) {
            case USER -> Outcome.COUNTED;
            case BOT, AUTOMATED -> Outcome.BOT;
        };
    }

    /** A view is received before its record is written; a clock that says otherwise tells no hour. */
    private boolean isReceivedBefore(Instant arrived, ArticleViewed view) {
        return view.receivedAt().isAfter(PAST) && !view.receivedAt().isAfter(arrived.plus(properties.clockSkew()));
    }
}
