package broadsheet.stats.restatement;

import broadsheet.stats.StatsProperties;
import broadsheet.stats.classification.ViewRules;
import broadsheet.stats.generation.Generation;
import broadsheet.stats.generation.Generations;
import broadsheet.stats.generation.RestatementSteps;
import broadsheet.stats.generation.ServedGenerations;
import broadsheet.stats.kafka.ViewsTopic;
import broadsheet.stats.position.ServedPositions;
import broadsheet.stats.projection.Projection;
import broadsheet.stats.store.StatsCollections;
import broadsheet.web.problem.InvalidFieldException;
import broadsheet.web.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Begins restatements: one at a time, and of views that Kafka no longer has only where that is wanted. */
@Component
class Restatements {

    private static final Logger log = LoggerFactory.getLogger(Restatements.class);
    private static final Instant FIRST = Instant.parse("1970-01-02T00:00:00Z");
    private static final Duration TIME_LIMIT = Duration.ofSeconds(4);

    private final StatsProperties properties;
    private final List<Projection> projections;
    private final Generations generations;
    private final RestatementSteps steps;
    private final ViewsTopic topic;
    private final ServedGenerations served;
    private final ServedPositions positions;
    private final InstantSource clock;

    Restatements(
            StatsProperties properties,
            List<Projection> projections,
            Generations generations,
            RestatementSteps steps,
            ViewsTopic topic,
            ServedGenerations served,
            ServedPositions positions,
            InstantSource clock) {
        this.properties = properties;
        this.projections = projections;
        this.generations = generations;
        this.steps = steps;
        this.topic = topic;
        this.served = served;
        this.positions = positions;
        this.clock = clock;
    }

    /**
     * Fails with what a caller is to be told.
     *
     * @param ruleset the version of the rules; null for the newest
     * @param from the day from which on views are counted again, what was counted before is kept; null for all
     */
    Mono<Generation> begin(
            @Nullable String ruleset, @Nullable Instant from, String askedBy, boolean withoutDeletedViews) {
        Instant day = from == null ? null : over(from);
        ViewRules newest = ViewRules.current(properties);
        ViewRules rules = ruleset == null ? newest : known(ruleset);
        return refuseBesideAnother()
                .then(day == null ? Mono.empty() : refuseDifferentBeginnings())
                .then(Mono.defer(() -> deletedViews(day)))
                .filter(deleted -> !withoutDeletedViews)
                .flatMap(deleted -> Mono.error(conflict(deleted)))
                .then(Mono.defer(() -> generations.beginRestatement(
                        rules.version(), !rules.equals(newest), projections, askedBy, day)))
                .switchIfEmpty(Mono.error(() -> conflict("Another one has begun at the same time")))
                .doOnNext(begun -> log.info("Counting everything again as generation {}", begun.number()));
    }

    /** The day of this time, which nothing that is received from now on is counted on any more. */
    private Instant over(Instant from) {
        Instant last = clock.instant().minus(properties.lateAfter()).truncatedTo(ChronoUnit.DAYS);
        if (!from.isBefore(last.plus(Duration.ofDays(1)))) {
            throw new InvalidFieldException("from", "must be before " + last.plus(Duration.ofDays(1)));
        }
        if (from.isBefore(FIRST)) {
            throw new InvalidFieldException("from", "must not be before " + FIRST);
        }
        return from.truncatedTo(ChronoUnit.DAYS);
    }

    /** Sums of days are totals, and those of the ledger, only where the same views were counted. */
    private Mono<Void> refuseDifferentBeginnings() {
        return served.all()
                .filter(numbers -> projections.stream()
                                .map(Projection::collection)
                                .map(numbers::number)
                                .distinct()
                                .count()
                        > 1)
                .flatMap(different ->
                        Mono.error(conflict("Totals, days and ledger were counted from different beginnings;"
                                + " a restatement without from makes them alike")));
    }

    private ViewRules known(String ruleset) {
        return ViewRules.find(ruleset, properties)
                .orElseThrow(() -> new InvalidFieldException(
                        "ruleset",
                        ViewRules.known(properties).stream()
                                .map(ViewRules::version)
                                .collect(Collectors.joining(" or ", "must be ", ""))));
    }

    private Mono<Void> refuseBesideAnother() {
        return steps.underWay()
                .next()
                .flatMap(other -> Mono.error(conflict("Restatement " + other.number() + " is "
                        + other.state().told() + ": approve or cancel it first")));
    }

    /** Says which of the views that would be counted again Kafka no longer has; empty where it has all. */
    private Mono<String> deletedViews(@Nullable Instant day) {
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

    private static ProblemException conflict(String why) {
        return new ProblemException(HttpStatus.CONFLICT, why);
    }

    private static ProblemException away() {
        return new ProblemException(
                HttpStatus.SERVICE_UNAVAILABLE, "Kafka does not say in time which views it has; nothing has begun");
    }
}
