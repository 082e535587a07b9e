package broadsheet.article.imports;

import broadsheet.article.content.Slugs;
import broadsheet.article.imports.ImportFinding.Kind;
import broadsheet.article.imports.format.ImportFormat;
import broadsheet.web.audit.AuditEntry;
import broadsheet.web.paging.Page;
import broadsheet.web.problem.InvalidFieldException;
import broadsheet.web.problem.ProblemException;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
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
import reactor.core.publisher.Mono;

/** Takes files of articles, and says what becomes of them. */
@RestController
@RequestMapping("/api/imports")
class ArticleImportController {

    private static final String DEFAULT_CATEGORY = "news";
    private static final int FIRST_REFUSED = 100;
    private static final Pattern NUMBER = Pattern.compile("\\d{1,10}");
    private static final Pattern SLUG = Pattern.compile(Slugs.PATTERN);

    private final ImportReception reception;
    private final ImportJobs jobs;
    private final ImportFindings findings;

    ArticleImportController(ImportReception reception, ImportJobs jobs, ImportFindings findings) {
        this.reception = reception;
        this.jobs = jobs;
        this.findings = findings;
    }

    @PostMapping(
            consumes = {
                "application/x-ndjson",
                "application/rss+xml",
                "application/xml",
                "text/xml",
                "application/zip",
                "application/x-zip-compressed"
            })
    Mono<ResponseEntity<ImportResponse>> take(
            @RequestParam(defaultValue = "false") boolean dryRun,
            @RequestParam(defaultValue = "false") boolean alerts,
            @RequestParam(defaultValue = "false") boolean fetchImages,
            @RequestParam(defaultValue = DEFAULT_CATEGORY) String category,
            ServerHttpRequest request,
            Authentication editor) {
        if (category.length() > Slugs.MAX_LENGTH || !SLUG.matcher(category).matches()) {
            throw new InvalidFieldException("category", "must be lower-case letters, digits and single hyphens");
        }
        HttpHeaders headers = request.getHeaders();
        if (headers.containsHeader(HttpHeaders.CONTENT_ENCODING)) {
            throw new ProblemException(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "Send the file as it is, not encoded");
        }
        var options = new ImportOptions(format(headers.getContentType()), dryRun, alerts, fetchImages, category);
        return reception
                .take(request.getBody(), headers.getContentLength(), options, editor.getName())
                .map(job -> ResponseEntity.accepted()
                        .location(URI.create("/api/imports/" + job.id()))
                        .body(ImportResponse.of(job, List.of())));
    }

    private static ImportFormat format(@Nullable MediaType type) {
        String subtype = type == null ? "" : type.getSubtype();
        return switch (subtype) {
            case "x-ndjson" -> ImportFormat.NDJSON;
            case "zip", "x-zip-compressed" -> ImportFormat.MARKDOWN;
            default -> ImportFormat.WORDPRESS;
        };
    }

    @GetMapping
    Mono<Page<ImportResponse>> all(
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int most = Page.limit(limit);
        return jobs.list(cursor, most)
                .collectList()
                .map(found -> Page.of(found, most, job -> ImportResponse.of(job, List.of()), ImportJob::id));
    }

    @GetMapping("/{id}")
    Mono<ImportResponse> one(@PathVariable String id) {
        return known(id)
                .zipWhen(job ->
                        findings.list(id, Kind.REFUSED, -1, FIRST_REFUSED).collectList())
                .map(found -> ImportResponse.of(found.getT1(), found.getT2()));
    }

    @GetMapping("/{id}/refused")
    Mono<Page<ImportResponse.Found>> refused(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return found(id, Kind.REFUSED, limit, cursor);
    }

    @GetMapping("/{id}/notes")
    Mono<Page<ImportResponse.Found>> notes(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return found(id, Kind.NOTE, limit, cursor);
    }

    private Mono<Page<ImportResponse.Found>> found(
            String id, Kind kind, @Nullable Integer limit, @Nullable String cursor) {
        int most = Page.limit(limit);
        long after = after(cursor);
        return known(id)
                .flatMap(job -> findings.list(id, kind, after, most + 1).collectList())
                .map(found -> Page.of(found, most, ImportResponse.Found::of, ImportFinding::number));
    }

    private static long after(@Nullable String cursor) {
        if (cursor == null) {
            return -1;
        } else if (!NUMBER.matcher(cursor).matches()) {
            throw new InvalidFieldException("cursor", "is none that a page of this list gave");
        }
        return Long.parseLong(cursor);
    }

    /** What was imported before stays. */
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> cancel(@PathVariable String id, Authentication editor) {
        return known(id)
                .flatMap(job -> reception.cancel(id))
                .switchIfEmpty(Mono.error(
                        () -> new ProblemException(HttpStatus.CONFLICT, "The import " + id + " has ended already")))
                .doOnNext(cancelled -> AuditEntry.of("import-cancelled")
                        .with("import", id)
                        .with("done", cancelled.counts().done())
                        .with("by", editor.getName())
                        .log())
                .then();
    }

    private Mono<ImportJob> known(String id) {
        return jobs.byId(id)
                .switchIfEmpty(Mono.error(
                        () -> new ProblemException(HttpStatus.NOT_FOUND, "There is no import '" + id + "'")));
    }
}
