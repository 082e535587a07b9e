package broadsheet.kafka;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationPredicate;
import org.springframework.kafka.support.micrometer.KafkaRecordReceiverContext;

/** Observes, of a batch's records, those that name a trace; the others cost nothing. */
class TracedRecords implements ObservationPredicate {

    @Override
    public boolean test(String name, Observation.Context context) {
        return !(context instanceof KafkaRecordReceiverContext received)
                || received.getRecord().headers().lastHeader("traceparent") != null;
    }
}
