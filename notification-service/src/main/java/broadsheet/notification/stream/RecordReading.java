package broadsheet.notification.stream;

import broadsheet.events.ArticleChanged;
import broadsheet.events.EventCodec;
import broadsheet.events.UnreadableEventException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Turns records into what is told. One that cannot be read is passed over with a warning: it stays in the topic, and
 * stats-service puts it into the dead-letter topic.
 */
@Component
class RecordReading {

    private static final Logger log = LoggerFactory.getLogger(RecordReading.class);

    private final JsonMapper json;
    private final Counter unreadable;

    RecordReading(JsonMapper json, MeterRegistry meters) {
        this.json = json;
        this.unreadable = meters.counter("broadsheet.notification.stream.unreadable");
    }

    /** The records in the order they were written, as far as their timestamps say; never out of a partition's order. */
    List<Received> inOrder(Iterable<ConsumerRecord<String, byte[]>> records) {
        var times = new HashMap<Integer, Long>();
        var ordered = new TreeMap<Long, List<Received>>();
        for (var record : records) {
            long time = times.merge(record.partition(), record.timestamp(), Math::max);
            ordered.computeIfAbsent(time, at -> new ArrayList<>()).add(received(record));
        }
        return ordered.values().stream().flatMap(List::stream).toList();
    }

    private Received received(ConsumerRecord<String, byte[]> record) {
        Instant time = Instant.ofEpochMilli(Math.max(0, record.timestamp()));
        return new Received(record.partition(), record.offset(), time, message(record));
    }

    private @Nullable Message message(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) { // a tombstone: compaction forgets the article
            return null;
        }
        try {
            var envelope = EventCodec.decode(record);
            return envelope.event() instanceof ArticleChanged changed
                    ? Notification.of(envelope)
                            .map(notification ->
                                    new Message(changed.article(), notification, json.writeValueAsString(notification)))
                            .orElse(null)
                    : null;
        } catch (UnreadableEventException e) {
            unreadable.increment();
            log.warn("Passed over {}-{}@{}: {}", record.topic(), record.partition(), record.offset(), e.getMessage());
            return null;
        }
    }
}
