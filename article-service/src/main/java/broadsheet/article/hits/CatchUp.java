package broadsheet.article.hits;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;
import org.springframework.stereotype.Component;

/** Tells when the topic has been read to where it ended when its partitions were assigned. */
@Component
class CatchUp implements ConsumerAwareRebalanceListener {

    private final Hits hits;
    private final Map<TopicPartition, Long> endsToReach = new ConcurrentHashMap<>();

    CatchUp(Hits hits) {
        this.hits = hits;
    }

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        endsToReach.putAll(consumer.endOffsets(partitions));
        consumer.beginningOffsets(partitions).forEach(this::reached);
    }

    void reached(TopicPartition partition, long position) {
        endsToReach.computeIfPresent(partition, (p, end) -> position >= end ? null : end);
        if (endsToReach.isEmpty()) {
            hits.complete();
        }
    }
}
