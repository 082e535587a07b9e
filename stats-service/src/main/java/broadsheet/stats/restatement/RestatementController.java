package broadsheet.stats.restatement;

import broadsheet.stats.generation.Restatement;
import broadsheet.stats.generation.RestatementSteps;
import broadsheet.stats.position.CountingLag;
import broadsheet.web.audit.AuditEntry;
import broadsheet.web.paging.Page;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Counts views again beside what is served, serves that where an operator approves it, and takes it back where one wants. */
@RestController
@RequestMapping(RestatementController.PATH)
class RestatementController {

    static final String PATH = "/api/stats/restatements";

    private final Restatements restatements;
    private final RestatementDecisions decisions;
    private final RestatementSteps steps;
    private final CountingLag lag;

    RestatementController(
            Restatements restatements, RestatementDecisions decisions, RestatementSteps steps, CountingLag lag) {
        this.restatements = restatements;
        this.decisions = decisions;
        this.steps = steps;
        this.lag = lag;
    }

    /**
     * What is asked for.
     *
     * @param ruleset the version of the rules to count by; the newest where it is missing
     * @param from views on days (in UTC) before that of this time stay as they are counted; all are counted again where it is
     *     missing
     * @param withoutDeletedViews whether to begin also where Kafka no longer has every view, whose counts are lost then
     */
    record RestatementRequest(
            @Nullable String ruleset,
            @Nullable Instant from,
            @Nullable Boolean withoutDeletedViews) {

        static final RestatementRequest EMPTY = new RestatementRequest(null, null, null);

        boolean mayLoseDeletedViews() {
            return Boolean.TRUE.equals(withoutDeletedViews);
        }
    }

    record RestatementsResponse(
            List<RestatementResponse> items, @Nullable String nextCursor) {}

    /** 202 with the address to ask how far it is; it goes on whoever waits for it, and after a restart. */
    @PostMapping
    Mono<ResponseEntity<RestatementResponse>> begin(
            @RequestBody(required = false) @Nullable RestatementRequest request, Authentication operator) {
        RestatementRequest asked = request == null ? RestatementRequest.EMPTY : request;
        return restatements
                .begin(asked.ruleset(), asked.from(), operator.getName(), asked.mayLoseDeletedViews())
                .doOnNext(begun -> AuditEntry.of("restatement-begun")
                        .with("by", operator.getName())
                        .with("restatement", begun.number())
                        .with("rules", begun.rulesets().get(0))
                        .with("from", String.valueOf(begun.from()))
                        .with("withoutDeletedViews", asked.mayLoseDeletedViews())
                        .log())
                .flatMap(begun -> find(Integer.toString(begun.number())))
                .map(begun -> ResponseEntity.accepted()
                        .location(URI.create(PATH + "/" + begun.id()))
                        .body(begun));
    }

    @GetMapping("/{id}")
    Mono<RestatementResponse> find(@PathVariable String id) {
        return decisions.find(id).flatMap(this::response);
    }

    private Mono<RestatementResponse> response(Restatement one) {
        return Mono.zip(progress(one), decisions.reversibleUntil(one).singleOptional())
                .map(now -> RestatementResponse.of(
                        one, now.getT1().orElse(null), now.getT2().orElse(null)));
    }

    private Mono<Optional<CountingLag.Progress>> progress(Restatement one) {
        return one.state().isUnderWay()
                ? lag.progress(one.number()).map(Optional::of).onErrorReturn(Optional.empty())
                : Mono.just(Optional.empty());
    }

    /** The newest first. */
    @GetMapping
    Mono<RestatementsResponse> newest(@RequestParam(required = false) @Nullable Integer limit) {
        return steps.all()
                .take(Page.limit(limit))
                .concatMap(this::response)
                .collectList()
                .map(items -> new RestatementsResponse(items, null));
    }

    /** Serves it: 202, as it catches up once more before, some seconds. */
    @PostMapping("/{id}/approval")
    Mono<ResponseEntity<RestatementResponse>> approve(@PathVariable String id, Authentication operator) {
        return accepted(id, decisions.approve(id, operator.getName()));
    }

    /** Serves again what it replaced: 202, as that has to catch up before. */
    @PostMapping("/{id}/reversal")
    Mono<ResponseEntity<RestatementResponse>> reverse(@PathVariable String id, Authentication operator) {
        return accepted(id, decisions.reverse(id, operator.getName()));
    }

    /** Ends it where nothing has changed yet, or a reversal that has not come about. */
    @DeleteMapping("/{id}")
    Mono<RestatementResponse> cancel(@PathVariable String id, Authentication operator) {
        return decisions.cancel(id, operator.getName()).then(Mono.defer(() -> find(id)));
    }

    private Mono<ResponseEntity<RestatementResponse>> accepted(String id, Mono<Void> decision) {
        return decision.then(Mono.defer(() -> find(id)))
                .map(decided -> ResponseEntity.accepted().body(decided));
    }
}
