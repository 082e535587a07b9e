package broadsheet.stats.restatement;

import broadsheet.stats.StatsProperties;
import broadsheet.stats.classification.ViewRules;
import broadsheet.stats.generation.Generation;
import broadsheet.stats.generation.Generations;
import broadsheet.stats.kafka.ViewsTopic;
import broadsheet.stats.position.ServedPositions;
import broadsheet.stats.projection.Projection;
import broadsheet.stats.store.StatsCollections;
import broadsheet.web.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Begins restatements: one at a time, and of views that Kafka no longer has only where that is wanted. */
@Component
class Restatements {

    private static final Logger log = LoggerFactory.getLogger(Restatements.class);
    private static final Duration TIME_LIMIT = Duration.ofSeconds(4);

    private final StatsProperties properties;
    private final List<Projection> projections;
    private final Generations generations;
    private final ViewsTopic topic;
    private final ServedPositions positions;

    Restatements(
            StatsProperties properties,
            List<Projection> projections,
            Generations generations,
            ViewsTopic topic,
            ServedPositions positions) {
        this.properties = properties;
        this.projections = projections;
        this.generations = generations;
        this.topic = topic;
        this.positions = positions;
    }

    /** Fails with what a caller is to be told. */
    Mono<Generation> begin(String askedBy, boolean withoutDeletedViews) {
        return refuseBesideAnother()
                .then(deletedViews())
                .filter(deleted -> !withoutDeletedViews)
                .flatMap(deleted -> Mono.error(conflict(deleted)))
                .then(Mono.defer(() -> generations.beginRestatement(
                        ViewRules.current(properties).version(), projections, askedBy)))
                .switchIfEmpty(Mono.error(() -> conflict("Another one has begun at the same time")))
                .doOnNext(begun -> log.info("Counting everything again as generation {}", begun.number()));
    }

    private Mono<Void> refuseBesideAnother() {
        return generations
                .restatements()
                .filter(one -> one.servedAt() == null)
                .next()
                .flatMap(running -> Mono.error(
                        conflict("Restatement " + running.generation().number() + " is running")));
    }

    /** Says which of the views that were counted Kafka no longer has; empty where it has all. */
    private Mono<String> deletedViews() {
        return Mono.zipDelayError(topic.since(), hasFormerTopic())
                .timeout(TIME_LIMIT)
                .onErrorMap(StatsCollections::first)
                .onErrorMap(e -> e instanceof KafkaException || e instanceof TimeoutException, e -> away())
                .filter(found -> found.getT1().isPresent() || found.getT2())
                .map(found -> deleted(found.getT1()));
    }

    /** Whether views of a topic are counted that was deleted since. */
    private Mono<Boolean> hasFormerTopic() {
        return topic.id()
                .zipWith(
                        positions.all(),
                        (id, all) -> all.keySet().stream().anyMatch(partition -> !partition.startsWith(id + "-")));
    }

    private static String deleted(Optional<Instant> since) {
        return since.map(time -> "Kafka no longer has every view received before " + time)
                        .orElse("Kafka no longer has the topic that was counted first")
                + ", and what is deleted cannot be counted again; withoutDeletedViews says that its counts may go";
    }

    private static ProblemException conflict(String why) {
        return new ProblemException(HttpStatus.CONFLICT, why);
    }

    private static ProblemException away() {
        return new ProblemException(
                HttpStatus.SERVICE_UNAVAILABLE, "Kafka does not say in time which views it has; nothing has begun");
    }
}
