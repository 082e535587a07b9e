package broadsheet.stats.projection;

import broadsheet.stats.kafka.ViewsTopic;
import broadsheet.stats.position.PartitionPosition;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Tells whether documents have counted no record that may be delivered again. */
@Component
public class SettledFences {

    private final ViewsTopic topic;

    public SettledFences(ViewsTopic topic) {
        this.topic = topic;
    }

    /**
     * Whether all that was counted lies before these positions, or in a topic that was deleted since: Kafka is asked only where
     * the positions do not tell, and what it does not answer is not settled.
     */
    public Mono<Boolean> areBefore(Map<String, PartitionPosition> positions, List<FencedSum> counted) {
        return areBefore(new CountedTo(positions, null), counted)
                ? Mono.just(true)
                : topic.id()
                        .map(topicId -> areBefore(new CountedTo(positions, topicId), counted))
                        .onErrorReturn(false);
    }

    private static boolean areBefore(CountedTo to, List<FencedSum> counted) {
        return counted.stream().noneMatch(to::mayRepeat);
    }
}
