package broadsheet.stats.restatement;

import broadsheet.stats.generation.Generations;
import broadsheet.stats.generation.Restatement;
import broadsheet.stats.position.CountingLag;
import broadsheet.stats.position.CountingLag.Progress;
import broadsheet.web.audit.AuditEntry;
import broadsheet.web.paging.Page;
import broadsheet.web.problem.ProblemException;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Counts everything again by the rules of the running release, beside what is served, and then serves that. */
@RestController
@RequestMapping(RestatementController.PATH)
class RestatementController {

    static final String PATH = "/api/stats/restatements";

    private final Restatements restatements;
    private final Generations generations;
    private final CountingLag lag;

    RestatementController(Restatements restatements, Generations generations, CountingLag lag) {
        this.restatements = restatements;
        this.generations = generations;
        this.lag = lag;
    }

    /**
     * What is asked for.
     *
     * @param withoutDeletedViews whether to begin also where Kafka no longer has every view, whose counts are lost then
     */
    record RestatementRequest(@Nullable Boolean withoutDeletedViews) {}

    /**
     * A restatement.
     *
     * @param rules the versions of the rules that it was counted by; several where a release with others went on
     * @param since the views received before were no longer in Kafka, or not all; null where none was missing
     * @param progress null once it is served, and while Kafka does not answer
     * @param hitsBefore all hits before it was served
     * @param hitsAfter and since
     */
    record RestatementResponse(
            String id,
            State state,
            String askedBy,
            List<String> rules,
            @Nullable Instant since,
            Instant startedAt,
            @Nullable Progress progress,
            @Nullable Instant servedAt,
            @Nullable Long hitsBefore,
            @Nullable Long hitsAfter) {

        enum State {
            @JsonProperty("counting")
            COUNTING,
            @JsonProperty("served")
            SERVED
        }

        static RestatementResponse of(Restatement one, @Nullable Progress progress) {
            return new RestatementResponse(
                    Integer.toString(one.generation().number()),
                    one.servedAt() == null ? State.COUNTING : State.SERVED,
                    one.askedBy(),
                    one.generation().rulesets(),
                    one.generation().since(),
                    one.beganAt(),
                    progress,
                    one.servedAt(),
                    one.hitsBefore(),
                    one.hitsAfter());
        }
    }

    record RestatementsResponse(
            List<RestatementResponse> items, @Nullable String nextCursor) {}

    /** 202 with the address to ask how far it is; it goes on whoever waits for it, and after a restart. */
    @PostMapping
    Mono<ResponseEntity<RestatementResponse>> begin(
            @RequestBody(required = false) @Nullable RestatementRequest request, Authentication operator) {
        boolean withoutDeleted = request != null && Boolean.TRUE.equals(request.withoutDeletedViews());
        return restatements
                .begin(operator.getName(), withoutDeleted)
                .doOnNext(begun -> AuditEntry.of("restatement-begun")
                        .with("by", operator.getName())
                        .with("restatement", begun.number())
                        .with("withoutDeletedViews", withoutDeleted)
                        .log())
                .flatMap(begun -> find(Integer.toString(begun.number())))
                .map(begun -> ResponseEntity.accepted()
                        .location(URI.create(PATH + "/" + begun.id()))
                        .body(begun));
    }

    @GetMapping("/{id}")
    Mono<RestatementResponse> find(@PathVariable String id) {
        return generations
                .restatements()
                .filter(one -> Integer.toString(one.generation().number()).equals(id))
                .next()
                .flatMap(this::response)
                .switchIfEmpty(Mono.error(
                        () -> new ProblemException(HttpStatus.NOT_FOUND, "No restatement " + id + " is known")));
    }

    private Mono<RestatementResponse> response(Restatement one) {
        return one.servedAt() == null
                ? lag.progress(one.generation().number())
                        .map(Optional::of)
                        .onErrorReturn(Optional.empty())
                        .map(progress -> RestatementResponse.of(one, progress.orElse(null)))
                : Mono.just(RestatementResponse.of(one, null));
    }

    /** The newest first. */
    @GetMapping
    Mono<RestatementsResponse> newest(@RequestParam(required = false) @Nullable Integer limit) {
        return generations
                .restatements()
                .take(Page.limit(limit))
                .concatMap(this::response)
                .collectList()
                .map(items -> new RestatementsResponse(items, null));
    }
}
