package broadsheet.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.ReceiverContext;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class RecordDispatcherTests {

    private static final String TRACE_PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private final ObservationRegistry observations = ObservationRegistry.create();
    private final List<String> traces = new ArrayList<>();

    @Test
    void aRecordIsTakenInTheTraceThatItNames() {
        observations.observationConfig().observationHandler(new ObservationHandler<ReceiverContext<Object>>() {
            @Override
            public void onScopeOpened(ReceiverContext<Object> context) {
                Object carrier = context.getCarrier();
                if (carrier != null) {
                    traces.add(String.valueOf(context.getGetter().get(carrier, "traceparent")));
                }
            }

            @Override
            public boolean supportsContext(Observation.Context context) {
                return context instanceof ReceiverContext<?>;
            }
        });
        List<String> taken = new ArrayList<>();
        WholeTopicListener listener =
                record -> taken.add(record.key() + " " + (observations.getCurrentObservation() != null));
        var handOver = new RecordDispatcher(listener, new SimpleMeterRegistry().counter("skipped"), observations);

        handOver.giveInTrace(record("untraced"));
        var traced = record("traced");
        traced.headers().add("traceparent", TRACE_PARENT.getBytes(UTF_8));
        handOver.giveInTrace(traced);

        assertThat(taken).containsExactly("untraced false", "traced true");
        assertThat(traces).containsExactly(TRACE_PARENT);
    }

    private static ConsumerRecord<String, byte[]> record(String key) {
        return new ConsumerRecord<>("news.articles", 0, 0, key, new byte[0]);
    }
}
