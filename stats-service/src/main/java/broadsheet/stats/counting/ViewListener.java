package broadsheet.stats.counting;

import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Consumes the views. The offsets committed to Kafka only inform tools; the store's positions decide. */
@Component
class ViewListener {

    private final ViewCounting counting;

    ViewListener(ViewCounting counting) {
        this.counting = counting;
    }

    @KafkaListener(
            id = "stats-views",
            groupId = "stats-service",
            topics = "${broadsheet.stats.views-topic:news.views}",
            containerFactory = "statsViewsListenerFactory")
    void views(List<ConsumerRecord<String, byte[]>> batch, Consumer<?, ?> consumer) {
        counting.count(batch, consumer);
    }
}
