package broadsheet.notification.event;

import broadsheet.events.EventCodec;
import broadsheet.events.UnreadableEventException;
import broadsheet.kafka.RecordOrder;
import broadsheet.kafka.TopicBeginning;
import broadsheet.kafka.WholeTopicListener;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Fills the history from {@code news.articles}: what is there at the start in the order of time, then each record as it
 * comes.
 */
@Component
class HistoryTopicListener implements WholeTopicListener {

    private static final Logger log = LoggerFactory.getLogger(HistoryTopicListener.class);

    private final JsonMapper json;
    private final EventHistory history;
    private final List<HistoryObserver> channels;
    private @Nullable Backlog backlog;

    HistoryTopicListener(JsonMapper json, EventHistory history, List<HistoryObserver> channels) {
        this.json = json;
        this.history = history;
        this.channels = channels;
    }

    @Override
    public void onBeginning(TopicBeginning beginning) {
        backlog = new Backlog(beginning, new ArrayList<>());
    }

    @Override
    public void onRecord(ConsumerRecord<String, byte[]> record) {
        Instant time = Instant.ofEpochMilli(Math.max(0, record.timestamp()));
        var read = new ArticleRecord(record.partition(), record.offset(), time, publicEvent(record));
        if (backlog != null) {
            backlog.records().add(read);
        } else {
            history.add(read);
            channels.forEach(HistoryObserver::onHistoryChanged);
        }
    }

    @Override
    public void onCaughtUp() {
        if (backlog != null) {
            var records = RecordOrder.byTime(backlog.records(), ArticleRecord::partition, ArticleRecord::time);
            history.begin(backlog.start(records), records);
            backlog = null;
            channels.forEach(HistoryObserver::onHistoryChanged);
        }
    }

    /** None where the record is not public or not readable; stats-service puts the latter into the dead-letter topic. */
    private @Nullable PublicEvent publicEvent(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) { // Kafka's tombstone: compaction forgets the article
            return null;
        }
        try {
            return PublicEvent.of(EventCodec.decode(record), json::writeValueAsString)
                    .orElse(null);
        } catch (UnreadableEventException e) {
            log.warn("Skipped {}-{}@{}: {}", record.topic(), record.partition(), record.offset(), e.getMessage());
            return null;
        }
    }

    private record Backlog(TopicBeginning beginning, List<ArticleRecord> records) {

        TopicOffsets start(List<ArticleRecord> inOrder) {
            var start = TopicOffsets.of(beginning.topicId(), beginning.offsets());
            return beginning.complete() || inOrder.isEmpty()
                    ? start
                    : start.asOf(inOrder.get(0).time());
        }
    }
}
