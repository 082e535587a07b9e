package broadsheet.stats.restatement;

import broadsheet.stats.StatsProperties;
import broadsheet.stats.kafka.ViewsTopic;
import broadsheet.stats.position.ServedPositions;
import broadsheet.stats.store.StatsCollections;
import broadsheet.web.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Finds out which of the views that would be counted again Kafka no longer has. */
@Component
class DeletedViews {

    private static final Duration TIME_LIMIT = Duration.ofSeconds(4);

    private final StatsProperties properties;
    private final ViewsTopic topic;
    private final ServedPositions positions;

    DeletedViews(StatsProperties properties, ViewsTopic topic, ServedPositions positions) {
        this.properties = properties;
        this.topic = topic;
        this.positions = positions;
    }

    /**
     * Says what is missing; empty where Kafka has all of them.
     *
     * @param day see {@link Restatements#begin}
     */
    Mono<String> neededFrom(@Nullable Instant day) {
        Instant needed =
                day == null ? Instant.MIN : KeptPart.before(day, properties).replay();
        return Mono.zipDelayError(topic.since().map(since -> since.filter(needed::isBefore)), hasFormerTopic(needed))
                .timeout(TIME_LIMIT)
                .onErrorMap(StatsCollections::first)
                .onErrorMap(e -> e instanceof KafkaException || e instanceof TimeoutException, e -> away())
                .filter(found -> found.getT1().isPresent() || found.getT2())
                .map(found -> deleted(found.getT1()));
    }

    /** Whether views of a topic are counted that was deleted since, and some of this time or later. */
    private Mono<Boolean> hasFormerTopic(Instant needed) {
        return topic.id()
                .zipWith(
                        positions.all(),
                        (id, all) -> all.values().stream()
                                .anyMatch(position -> !position.partition().startsWith(id + "-")
                                        && !position.clock().isBefore(needed)));
    }

    private static String deleted(Optional<Instant> since) {
        return since.map(time -> "Kafka no longer has every view received before " + time)
                        .orElse("Kafka no longer has the topic that was counted first")
                + ", and what is deleted cannot be counted again; withoutDeletedViews says that its counts may go";
    }

    private static ProblemException away() {
        return new ProblemException(
                HttpStatus.SERVICE_UNAVAILABLE, "Kafka does not say in time which views it has; nothing has begun");
    }
}
