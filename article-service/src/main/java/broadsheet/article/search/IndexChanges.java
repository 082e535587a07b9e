package broadsheet.article.search;

import broadsheet.kafka.TopicBeginning;
import broadsheet.kafka.WholeTopicListener;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What the index does not have yet: changes that {@code news.articles} tells of, of which 1,000 wait at most, and how far
 * it has come.
 */
@Component
class IndexChanges implements WholeTopicListener {

    private static final int MOST_WAITING = 1_000;

    private final BlockingQueue<Change> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final InstantSource clock;
    private IndexProgress progress;
    private @Nullable TopicBeginning beginning;
    private volatile @Nullable Change oldestTaken;

    IndexChanges(InstantSource clock) {
        this.clock = clock;
        this.progress = IndexProgress.begun(clock.instant());
    }

    /** An article that changed; the store has what it is now. */
    record Change(TopicBeginning beginning, int partition, long offset, Instant time, String articleId) {}

    synchronized IndexProgress progress() {
        return progress;
    }

    /** Goes on from what an index that was opened has; all is read for one that has nothing. */
    synchronized void goOnFrom(@Nullable IndexProgress committed) {
        IndexProgress known = committed == null ? IndexProgress.begun(clock.instant()) : committed;
        progress = known.topicId() == null && beginning != null ? known.following(beginning.topicId()) : known;
    }

    synchronized void scannedTo(String id) {
        progress = progress.scannedTo(id);
    }

    synchronized void wholeStoreScanned() {
        progress = progress.wholeStoreScanned();
    }

    /** Another topic than the index has followed, or one that lost records: what it did not tell is in the store. */
    @Override
    public synchronized void onBeginning(TopicBeginning now) {
        if (progress.topicId() == null) {
            progress = progress.following(now.topicId());
        } else if (beginning != null || !now.topicId().equals(progress.topicId())) {
            progress = progress.anew(clock.instant(), now.topicId());
        }
        beginning = now;
    }

    @Override
    public void onRecord(ConsumerRecord<String, byte[]> record) {
        Change change = changeOf(record);
        if (change != null) {
            try {
                waiting.put(change); // the reader goes on once the index has caught up
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // the service stops
            }
        }
    }

    private synchronized @Nullable Change changeOf(ConsumerRecord<String, byte[]> record) {
        Instant time = Instant.ofEpochMilli(record.timestamp());
        return beginning == null || progress.contains(record.partition(), record.offset(), time)
                ? null
                : new Change(beginning, record.partition(), record.offset(), time, record.key());
    }

    /** The next changes, as many as there are; none after that time. */
    List<Change> next(int most, Duration wait) throws InterruptedException {
        var next = new ArrayList<Change>();
        Change first = waiting.poll(wait.toMillis(), TimeUnit.MILLISECONDS);
        if (first != null) {
            next.add(first);
            waiting.drainTo(next, most - 1);
            oldestTaken = first; // until it is indexed, which may have to be tried again
        }
        return next;
    }

    synchronized void indexed(List<Change> changes) {
        oldestTaken = null;
        for (Change change : changes) {
            if (change.beginning().equals(beginning)) { // offsets of another log mean nothing in this one
                progress = progress.read(change.partition(), change.offset());
            }
        }
    }

    /** For how long the oldest change has waited. */
    Duration lag() {
        Change taken = oldestTaken;
        Change oldest = taken == null ? waiting.peek() : taken;
        return oldest == null ? Duration.ZERO : Duration.between(oldest.time(), clock.instant());
    }
}
