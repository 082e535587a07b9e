package broadsheet.stats.counting;

import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Hands the views to the counting. What is committed to Kafka only tells tools how far it is. */
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
