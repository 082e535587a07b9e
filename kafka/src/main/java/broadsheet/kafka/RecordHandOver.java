package broadsheet.kafka;

import broadsheet.events.UnreadableEventException;
import io.micrometer.core.instrument.Counter;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives records to a listener one at a time; one that the listener cannot take is skipped, logged and counted. */
record RecordHandOver(WholeTopicListener listener, Counter skipped) {

    private static final Logger log = LoggerFactory.getLogger(RecordHandOver.class);

    void give(ConsumerRecord<String, byte[]> record) {
        try {
            listener.onRecord(record);
        } catch (UnreadableEventException e) {
            skipped.increment();
            log.warn("Skipped {}-{}@{}: {}", record.topic(), record.partition(), record.offset(), e.getMessage());
        } catch (RuntimeException e) {
            skipped.increment();
            log.error("Skipped {}-{}@{}", record.topic(), record.partition(), record.offset(), e);
        }
    }

    void caughtUp() {
        try {
            listener.onCaughtUp();
        } catch (RuntimeException e) {
            log.error("A listener failed once its topic was read", e);
        }
    }
}
