package broadsheet.stats.restatement;

import broadsheet.stats.generation.GenerationProperties;
import broadsheet.stats.generation.Restatement;
import broadsheet.stats.generation.Restatement.State;
import broadsheet.stats.generation.RestatementSteps;
import broadsheet.stats.generation.ServedGenerations;
import broadsheet.stats.projection.Projection;
import broadsheet.web.audit.AuditEntry;
import broadsheet.web.problem.ProblemException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** What operators decide about a restatement, each in the audit trail; one that its state does not allow is a conflict. */
@Component
class RestatementDecisions {

    private final RestatementSteps steps;
    private final ServedGenerations served;
    private final Set<String> projections;
    private final GenerationProperties properties;
    private final InstantSource clock;

    RestatementDecisions(
            RestatementSteps steps,
            ServedGenerations served,
            List<Projection> projections,
            GenerationProperties properties,
            InstantSource clock) {
        this.steps = steps;
        this.served = served;
        this.projections = projections.stream().map(Projection::collection).collect(Collectors.toSet());
        this.properties = properties;
        this.clock = clock;
    }

    /** Fails where none has this id. */
    Mono<Restatement> find(String id) {
        return steps.all()
                .filter(one -> Integer.toString(one.number()).equals(id))
                .next()
                .switchIfEmpty(Mono.error(
                        () -> new ProblemException(HttpStatus.NOT_FOUND, "No restatement " + id + " is known")));
    }

    Mono<Void> approve(String id, String by) {
        return find(id).delayUntil(this::refuseOlder).flatMap(one -> decide(one, by, "approved", steps::approve));
    }

    private Mono<Void> refuseOlder(Restatement one) {
        return served.now()
                .map(now -> now.number(ServedGenerations.TOTALS))
                .filter(number -> number > one.number())
                .flatMap(number -> conflict("Restatement " + number + " is newer and served"));
    }

    Mono<Void> cancel(String id, String by) {
        return find(id).flatMap(one -> one.state() == State.REVERSING
                ? decide(one, by, "kept", steps::keep)
                : decide(one, by, "cancelled", steps::cancel));
    }

    Mono<Void> reverse(String id, String by) {
        return find(id).delayUntil(this::refuseBesideAnother)
                .delayUntil(one -> reversibleUntil(one)
                        .switchIfEmpty(conflict(
                                "Restatement " + id + " is " + one.state().told() + whyNotReversible(one))))
                .delayUntil(one -> decide(one, by, "reversal", steps::reverse))
                .flatMap(one -> refuseBesideAnother(one) // which may have begun in between
                        .onErrorResume(
                                ProblemException.class,
                                refusal -> steps.keep(one, by)
                                        .filter(kept -> kept)
                                        .doOnNext(kept -> audit(one, by, "kept"))
                                        .flatMap(kept -> Mono.error(refusal))));
    }

    private Mono<Void> refuseBesideAnother(Restatement one) {
        return steps.underWay()
                .filter(other -> other.number() != one.number())
                .next()
                .flatMap(other -> conflict(
                        "Restatement " + other.number() + " is " + other.state().told() + ": cancel it first"));
    }

    private String whyNotReversible(Restatement one) {
        return one.state() == State.SERVED
                ? ", but what it replaced is no longer kept, or another one is served since"
                : ", and only one that is served can be reversed";
    }

    /** Until when what it replaced can be served again; empty where it cannot. */
    Mono<Instant> reversibleUntil(Restatement one) {
        Instant servedAt = one.at(State.SERVED);
        if (one.state() != State.SERVED
                || servedAt == null
                || !projections.containsAll(one.replaced().keySet())) {
            return Mono.empty();
        }
        Instant until = servedAt.plus(properties.keepReplaced());
        return served.number(ServedGenerations.TOTALS)
                .filter(number -> number == one.number()
                        && !one.replaced().isEmpty()
                        && clock.instant().isBefore(until))
                .map(number -> until);
    }

    private static Mono<Void> decide(
            Restatement one, String by, String what, BiFunction<Restatement, String, Mono<Boolean>> step) {
        return step.apply(one, by)
                .filter(taken -> taken)
                .switchIfEmpty(conflict(
                        "Restatement " + one.number() + " is " + one.state().told()))
                .doOnNext(taken -> audit(one, by, what))
                .then();
    }

    private static void audit(Restatement one, String by, String what) {
        AuditEntry.of("restatement-" + what)
                .with("by", by)
                .with("restatement", one.number())
                .log();
    }

    private static <T> Mono<T> conflict(String why) {
        return Mono.error(() -> new ProblemException(HttpStatus.CONFLICT, why));
    }
}
