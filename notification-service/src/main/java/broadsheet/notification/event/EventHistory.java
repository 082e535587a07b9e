package broadsheet.notification.event;

import broadsheet.notification.NotificationProperties;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * The newest public events in memory, a bounded number of them, in the order this instance read them: that of the topic
 * within a partition. A withdrawal removes the article's earlier events.
 */
@Component
public class EventHistory {

    private final InstantSource clock;
    private final EventRing ring;
    private int generation;

    /** Behind everything that was read. */
    private @Nullable TopicOffsets head;

    /** From here on nothing is missing. */
    private @Nullable TopicOffsets floor;

    @Autowired
    EventHistory(NotificationProperties properties, InstantSource clock) {
        this(properties.stream().history(), clock);
    }

    EventHistory(int capacity, InstantSource clock) {
        this.ring = new EventRing(capacity);
        this.clock = clock;
    }

    /** Whether the topic has been read as far as it went at the start. */
    public synchronized boolean isOpen() {
        return head != null;
    }

    /** False only while this instance is behind the one that gave the id. */
    public synchronized boolean hasReached(ResumePoint point) {
        return head == null
                || !(point instanceof ResumePoint.AtOffsets known)
                || !head.topicId().equals(known.offsets().topicId())
                || head.covers(known.offsets());
    }

    /** Begins with a topic, or begins anew: who read before has to resume, and learns that there is a gap. */
    synchronized void begin(TopicOffsets start, List<ArticleRecord> records) {
        generation++;
        ring.clear();
        head = start;
        floor = start;
        records.forEach(this::take);
    }

    /** Takes a record in; one that was read before changes nothing. */
    synchronized void add(ArticleRecord record) {
        TopicOffsets read = opened(head);
        if (record.offset() > read.next(record.partition())) {
            generation++; // records vanished before they were read: who resumes learns of it
        }
        take(record);
    }

    private void take(ArticleRecord record) {
        TopicOffsets read = opened(head);
        int partition = record.partition();
        if (record.offset() < read.next(partition)) {
            return;
        }
        if (record.offset() > read.next(partition)) { // compaction took what lay between
            floor = opened(floor).at(partition, record.offset()).asOf(record.time());
        }
        TopicOffsets behind = read.at(partition, record.offset() + 1).asOf(record.time());
        head = behind;
        if (record.event() != null) {
            if (record.event().isWithdrawal()) {
                ring.remove(record.event());
            }
            EventRing.Entry oldest = ring.add(record, behind);
            if (oldest != null) {
                floor = opened(floor)
                        .at(oldest.record().partition(), oldest.record().offset() + 1)
                        .asOf(oldest.behind().asOf());
            }
        }
    }

    /**
     * A reader of everything after the point, or, without one, of what comes from now on.
     *
     * @throws HistoryNotReadException while Kafka has not been read
     */
    public synchronized EventReader resume(@Nullable ResumePoint point, EventFilter filter) {
        TopicOffsets read = opened(head);
        Instant now = clock.instant();
        if (point == null) {
            return reader(filter, read.asOf(now), null);
        }
        if (point instanceof ResumePoint.AfterEvent event) {
            return resumeBehind(event, filter);
        }
        if (!(point instanceof ResumePoint.AtOffsets known)) {
            return resumeSince(point.asOf(), filter);
        }
        TopicOffsets asked = known.offsets();
        if (!asked.topicId().equals(read.topicId())) {
            return reader(filter, read.asOf(now), new HistoryGap(asked.asOf(), HistoryGap.Reason.UNKNOWN));
        }
        if (!read.covers(asked)) {
            return reader(filter, asked.downTo(read), new HistoryGap(asked.asOf(), HistoryGap.Reason.UNKNOWN));
        }
        TopicOffsets kept = opened(floor);
        return asked.covers(kept)
                ? reader(filter, asked, null)
                : reader(filter, asked.upTo(kept), new HistoryGap(asked.asOf(), HistoryGap.Reason.EXPIRED));
    }

    /** A reader of all that is kept. */
    public synchronized EventReader fromOldest(EventFilter filter) {
        return reader(filter, opened(floor), null);
    }

    /** Since the event, or since its id was made where it is not kept: what came then may come again, none is left out. */
    private EventReader resumeBehind(ResumePoint.AfterEvent point, EventFilter filter) {
        ArticleRecord record = ring.find(point.id());
        if (record != null) {
            TopicOffsets from = ring.since(record.time(), opened(head)).at(record.partition(), record.offset() + 1);
            return reader(filter, from.asOf(record.time()), null);
        }
        return point.asOf().isAfter(clock.instant())
                ? reader(filter, opened(head), new HistoryGap(clock.instant(), HistoryGap.Reason.UNKNOWN))
                : resumeSince(point.asOf(), filter);
    }

    private EventReader resumeSince(Instant moment, EventFilter filter) {
        HistoryGap gap =
                moment.isBefore(opened(floor).asOf()) ? new HistoryGap(moment, HistoryGap.Reason.EXPIRED) : null;
        return reader(filter, ring.since(moment, opened(head)).asOf(moment), gap);
    }

    private EventReader reader(EventFilter filter, TopicOffsets from, @Nullable HistoryGap gap) {
        return new EventReader(this, filter, from, gap, generation, ring.firstNotCoveredBy(from), ring.next());
    }

    /** The entry of that number; none where it is still to come or not kept any more, or of another generation. */
    synchronized EventRing.@Nullable Entry at(long sequence, int wanted) {
        return generation == wanted ? ring.at(sequence) : null;
    }

    synchronized int generation() {
        return generation;
    }

    synchronized long first() {
        return ring.first();
    }

    synchronized long next() {
        return ring.next();
    }

    private static TopicOffsets opened(@Nullable TopicOffsets offsets) {
        if (offsets == null) {
            throw new HistoryNotReadException();
        }
        return offsets;
    }
}
