package broadsheet.stats.counting;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.BatchConsumerAwareMessageListener;

/** Consumes the views of one generation. */
record ViewListener(ViewCounting counting) implements BatchConsumerAwareMessageListener<String, byte[]> {

    @Override
    public void onMessage(List<ConsumerRecord<String, byte[]>> batch, @Nullable Consumer<?, ?> consumer) {
        counting.count(batch, requireNonNull(consumer));
    }
}
