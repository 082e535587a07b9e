package broadsheet.stats.reconciliation;

import broadsheet.web.paging.Page;
import broadsheet.web.problem.ProblemException;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Compares the projections with each other on demand. */
@RestController
@RequestMapping(ReconciliationController.PATH)
class ReconciliationController {

    static final String PATH = "/api/stats/reconciliations";

    private final ReconciliationRuns runs;
    private final Reconciliations reconciliations;
    private final InstantSource clock;

    ReconciliationController(ReconciliationRuns runs, Reconciliations reconciliations, InstantSource clock) {
        this.runs = runs;
        this.reconciliations = reconciliations;
        this.clock = clock;
    }

    record ReconciliationsResponse(
            List<Reconciliation> items, @Nullable String nextCursor) {}

    /** 202 with the address to ask for what it found; it goes on whoever waits for it. */
    @PostMapping
    Mono<ResponseEntity<Reconciliation>> begin() {
        return runs.begin(clock.instant().toString())
                .switchIfEmpty(
                        Mono.error(() -> new ProblemException(HttpStatus.CONFLICT, "A reconciliation is running")))
                .map(begun -> ResponseEntity.accepted()
                        .location(URI.create(PATH + "/" + begun.id()))
                        .body(begun));
    }

    @GetMapping("/{id}")
    Mono<Reconciliation> find(@PathVariable String id) {
        return reconciliations
                .find(id)
                .switchIfEmpty(Mono.error(
                        () -> new ProblemException(HttpStatus.NOT_FOUND, "No reconciliation " + id + " is known")));
    }

    /** The newest first; of older ones than the last hundred nothing is kept. */
    @GetMapping
    Mono<ReconciliationsResponse> newest(@RequestParam(required = false) @Nullable Integer limit) {
        return reconciliations
                .newest(Page.limit(limit))
                .collectList()
                .map(items -> new ReconciliationsResponse(items, null));
    }
}
