package broadsheet.stats.restatement;

import broadsheet.stats.StatsProperties;
import broadsheet.stats.classification.ViewRules;
import broadsheet.stats.generation.Generation;
import broadsheet.stats.generation.NewGenerations;
import broadsheet.stats.generation.RestatementSteps;
import broadsheet.stats.generation.ServedGenerations;
import broadsheet.stats.projection.Projection;
import broadsheet.web.problem.InvalidFieldException;
import broadsheet.web.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Begins restatements: one at a time, and of views that Kafka no longer has only where that is wanted. */
@Component
class Restatements {

    private static final Logger log = LoggerFactory.getLogger(Restatements.class);
    private static final Instant FIRST = Instant.parse("1970-01-02T00:00:00Z");
    private static final String AT_ONCE = "Another one has begun at the same time";

    private final StatsProperties properties;
    private final List<Projection> projections;
    private final NewGenerations generations;
    private final RestatementSteps steps;
    private final ServedGenerations served;
    private final DeletedViews deletedViews;
    private final InstantSource clock;

    Restatements(
            StatsProperties properties,
            List<Projection> projections,
            NewGenerations generations,
            RestatementSteps steps,
            ServedGenerations served,
            DeletedViews deletedViews,
            InstantSource clock) {
        this.properties = properties;
        this.projections = projections;
        this.generations = generations;
        this.steps = steps;
        this.served = served;
        this.deletedViews = deletedViews;
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
                .then(Mono.defer(() -> deletedViews.neededFrom(day)))
                .filter(deleted -> !withoutDeletedViews)
                .flatMap(deleted -> Mono.error(conflict(deleted)))
                .then(Mono.defer(() -> generations.beginRestatement(
                        rules.version(), !rules.equals(newest), projections, askedBy, day)))
                .switchIfEmpty(Mono.error(() -> conflict(AT_ONCE)))
                .delayUntil(begun -> cancelBesideAnother(begun, askedBy))
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

    /** Another may have begun, or a reversal, after it was looked for others: the older one goes on. */
    private Mono<Void> cancelBesideAnother(Generation begun, String askedBy) {
        return steps.underWay()
                .filter(one -> one.number() <= begun.number())
                .collectList()
                .filter(all -> all.size() > 1)
                .flatMap(all -> Flux.fromIterable(all)
                        .filter(one -> one.number() == begun.number())
                        .concatMap(own -> steps.cancel(own, askedBy))
                        .then(Mono.error(() -> conflict(AT_ONCE))));
    }

    private static ProblemException conflict(String why) {
        return new ProblemException(HttpStatus.CONFLICT, why);
    }
}
