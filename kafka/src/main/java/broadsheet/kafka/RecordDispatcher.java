package broadsheet.kafka;

import static org.springframework.kafka.support.micrometer.KafkaListenerObservation.LISTENER_OBSERVATION;

import broadsheet.events.UnreadableEventException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.observation.ObservationRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.support.micrometer.KafkaListenerObservation.DefaultKafkaListenerObservationConvention;
import org.springframework.kafka.support.micrometer.KafkaRecordReceiverContext;

/** Gives records to a listener one at a time; one that the listener cannot take is skipped, logged and counted. */
record RecordDispatcher(WholeTopicListener listener, Counter skipped, ObservationRegistry observations) {

    private static final Logger log = LoggerFactory.getLogger(RecordDispatcher.class);

    /** In the trace that the record belongs to, where it names one. */
    void giveInTrace(ConsumerRecord<String, byte[]> record) {
        if (record.headers().lastHeader("traceparent") == null) {
            give(record);
        } else {
            LISTENER_OBSERVATION
                    .observation(
                            null,
                            DefaultKafkaListenerObservationConvention.INSTANCE,
                            () -> new KafkaRecordReceiverContext(record, "reader-of-" + record.topic(), () -> null),
                            observations)
                    .observe(() -> give(record));
        }
    }

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
