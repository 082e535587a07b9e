package broadsheet.stats.imports;

import static java.util.Objects.requireNonNull;

import broadsheet.web.paging.Page;
import broadsheet.web.problem.InvalidFieldException;
import broadsheet.web.problem.ProblemException;
import java.time.InstantSource;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Imports of hits that were counted elsewhere. */
@RestController
@RequestMapping("/api/stats/imports")
class ImportController {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final String NDJSON = "application/x-ndjson";

    private final ImportReader reader;
    private final PageMatcher matcher;
    private final Importer importer;
    private final Imports imports;
    private final JsonMapper json;
    private final InstantSource clock;

    ImportController(
            ImportReader reader,
            PageMatcher matcher,
            Importer importer,
            Imports imports,
            JsonMapper json,
            InstantSource clock) {
        this.reader = reader;
        this.matcher = matcher;
        this.importer = importer;
        this.imports = imports;
        this.json = json;
        this.clock = clock;
    }

    /**
     * 200 once all of it is stored; the lines that fit no article are named, the others are taken. The same file with the
     * same id changes nothing, so a call that was not answered can be made again.
     *
     * @param id chosen by the caller
     * @param dryRun says what would be, and stores nothing
     */
    @PostMapping(consumes = {"text/csv", NDJSON})
    Mono<Import> store(
            @RequestParam String id,
            @RequestParam(defaultValue = "false") boolean dryRun,
            Authentication operator,
            ServerHttpRequest request) {
        if (!ID.matcher(id).matches()) {
            throw new InvalidFieldException("id", "must be 1 to 64 letters, digits, dots, hyphens or underscores");
        }
        boolean isCsv = requireNonNull(request.getHeaders().getContentType())
                .isCompatibleWith(MediaType.parseMediaType("text/csv"));
        ImportFormat format = isCsv ? new CsvLines() : new NdjsonLines(json);
        Flux<DataBuffer> body = request.getBody();
        return reader.read(body, format)
                .flatMap(read -> matcher.match(read.tally()).flatMap(views -> {
                    Import wanted = new Import(
                            id,
                            dryRun ? Import.State.CHECKED : Import.State.STORING,
                            dryRun,
                            clock.instant(),
                            operator.getName(),
                            read.tally().lines(),
                            views.size(),
                            views.values().stream().mapToLong(Long::longValue).sum(),
                            read.tally().refused(),
                            read.tally().errors(),
                            read.digest());
                    return dryRun ? Mono.just(wanted) : importer.store(wanted, views);
                }));
    }

    @GetMapping
    Mono<Page<Import>> list(
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int max = Page.limit(limit);
        return imports.list(cursor, max + 1).collectList().map(found -> Page.of(found, max, one -> one, Import::id));
    }

    @GetMapping("/{id}")
    Mono<ResponseEntity<Import>> find(@PathVariable String id) {
        return imports.find(id).map(ResponseEntity::ok).switchIfEmpty(Mono.error(() -> unknown(id)));
    }

    /** Takes back what an import brought; totals fall by it. */
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> remove(@PathVariable String id, Authentication operator) {
        return importer.remove(id, operator.getName())
                .switchIfEmpty(Mono.error(() -> unknown(id)))
                .then();
    }

    private static ProblemException unknown(String id) {
        return new ProblemException(HttpStatus.NOT_FOUND, "No import " + id + " is known");
    }
}
