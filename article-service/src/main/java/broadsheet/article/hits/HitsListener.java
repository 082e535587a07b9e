package broadsheet.article.hits;

import broadsheet.events.ArticleHits;
import broadsheet.events.EventCodec;
import broadsheet.events.Topics;
import broadsheet.events.UnreadableEventException;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;
import org.springframework.stereotype.Component;

/**
 * Reads all of {@code news.hits} in every instance: each is a group of its own that commits nothing and so begins at
 * the beginning.
 */
@Component
class HitsListener implements ConsumerAwareRebalanceListener {

    private static final Logger log = LoggerFactory.getLogger(HitsListener.class);

    private final Hits hits;
    private final Map<TopicPartition, Long> endsToReach = new ConcurrentHashMap<>();

    HitsListener(Hits hits) {
        this.hits = hits;
    }

    @KafkaListener(
            id = "article-hits",
            groupId = "article-service-hits-#{T(java.util.UUID).randomUUID()}",
            topics = Topics.HITS,
            containerFactory = "hitsListenerFactory")
    void on(ConsumerRecord<String, byte[]> record) {
        try {
            if (EventCodec.decode(record).event() instanceof ArticleHits announced) {
                hits.announced(announced);
            }
        } catch (UnreadableEventException e) {
            log.warn(
                    "{}-{}@{} is passed over: {}", record.topic(), record.partition(), record.offset(), e.getMessage());
        }
        reached(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
    }

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        endsToReach.putAll(consumer.endOffsets(partitions));
        consumer.beginningOffsets(partitions).forEach(this::reached);
    }

    private void reached(TopicPartition partition, long position) {
        if (endsToReach.computeIfPresent(partition, (p, end) -> position >= end ? null : end) == null
                && endsToReach.isEmpty()) {
            hits.complete();
        }
    }
}
