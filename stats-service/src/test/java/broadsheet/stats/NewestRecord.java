package broadsheet.stats;

import static broadsheet.testservers.PatientAwait.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.core.ConsumerFactory;

/** Finds the newest record of a key in a topic. */
public final class NewestRecord {

    private NewestRecord() {}

    /** The newest record of the key, awaited where there is none yet. */
    public static ConsumerRecord<String, byte[]> find(
            ConsumerFactory<String, byte[]> consumers, String topic, String key) {
        var fromTheBeginning = new Properties();
        fromTheBeginning.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        try (Consumer<String, byte[]> consumer =
                consumers.createConsumer(UUID.randomUUID().toString(), null, null, fromTheBeginning)) {
            consumer.subscribe(List.of(topic));
            List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
            await().until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> {
                    if (key.equals(record.key())) {
                        found.add(record);
                    }
                });
                return !found.isEmpty();
            });
            return found.get(found.size() - 1);
        }
    }
}
