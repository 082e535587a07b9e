package broadsheet.notification.delivery.sending;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/** Which queues this instance sends from: those of the partitions that Kafka assigns to it. */
@Component
class AssignedQueues {

    private final Sinks.Many<Long> changes = Sinks.many().multicast().directBestEffort();
    private volatile Set<Integer> assigned = Set.of();

    Set<Integer> assigned() {
        return assigned;
    }

    /** That there is something to send, from here or elsewhere, or more queues to send from. */
    Flux<Long> wakeUps() {
        return changes.asFlux();
    }

    void wakeUp() {
        changes.tryEmitNext(0L);
    }

    private void assign(Collection<TopicPartition> partitions) {
        var more = new TreeSet<>(assigned);
        partitions.forEach(partition -> more.add(partition.partition()));
        assigned = Set.copyOf(more);
        wakeUp();
    }

    private void revoke(Collection<TopicPartition> partitions) {
        var fewer = new TreeSet<>(assigned);
        partitions.forEach(partition -> fewer.remove(partition.partition()));
        assigned = Set.copyOf(fewer);
    }

    /** For the container of the one listener; as a bean Spring Boot would give it to all. */
    ConsumerAwareRebalanceListener rebalanceListener() {
        return new ConsumerAwareRebalanceListener() {
            @Override
            public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
                assign(partitions);
            }

            @Override
            public void onPartitionsRevokedBeforeCommit(
                    Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
                revoke(partitions);
            }

            @Override
            public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
                revoke(partitions);
            }
        };
    }
}
