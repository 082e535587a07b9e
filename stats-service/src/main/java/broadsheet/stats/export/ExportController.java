package broadsheet.stats.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import broadsheet.stats.article.ArticleProblems;
import broadsheet.stats.article.Articles;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * The numbers of all articles, or of one, as a file. It is written as fast as it is taken; one that could not be read to its
 * end breaks off, without the end of its last chunk.
 */
@RestController
class ExportController {

    private final Export export;
    private final Articles articles;
    private final JsonMapper json;
    private final InstantSource clock;

    ExportController(Export export, Articles articles, JsonMapper json, InstantSource clock) {
        this.export = export;
        this.articles = articles;
        this.json = json;
        this.clock = clock;
    }

    @GetMapping("/api/stats/export.csv")
    Mono<ResponseEntity<Flux<DataBuffer>>> csv(
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to,
            @RequestParam(defaultValue = "day") String interval,
            @RequestParam(required = false) @Nullable String article) {
        return export(ExportFormat.CSV, ExportRange.of(from, to, interval, clock), article);
    }

    @GetMapping("/api/stats/export.ndjson")
    Mono<ResponseEntity<Flux<DataBuffer>>> ndjson(
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to,
            @RequestParam(defaultValue = "day") String interval,
            @RequestParam(required = false) @Nullable String article) {
        return export(ExportFormat.NDJSON, ExportRange.of(from, to, interval, clock), article);
    }

    private Mono<ResponseEntity<Flux<DataBuffer>>> export(
            ExportFormat format, ExportRange range, @Nullable String article) {
        Flux<DataBuffer> file = file(format, article == null ? export.ofAll(range) : export.ofArticle(article, range));
        Mono<?> known = article == null
                ? Mono.just(true)
                : articles.find(article).switchIfEmpty(Mono.error(() -> ArticleProblems.unknown(article)));
        return known.map(found -> ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_TYPE, format.mediaType())
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name(format, range) + "\"")
                .body(file));
    }

    private static String name(ExportFormat format, ExportRange range) {
        return "hits-" + range.from().atOffset(ZoneOffset.UTC).toLocalDate() + "-"
                + range.to().atOffset(ZoneOffset.UTC).toLocalDate() + "." + format.extension();
    }

    /** The header comes with the first page, so that a store that is away is a 503 and not a file that breaks off. */
    private Flux<DataBuffer> file(ExportFormat format, Flux<List<ExportRow>> pages) {
        return pages.defaultIfEmpty(List.of())
                .index((number, page) -> bytes(format, number == 0, page))
                .filter(buffer -> buffer.readableByteCount() > 0);
    }

    private DataBuffer bytes(ExportFormat format, boolean first, List<ExportRow> page) {
        var text = new StringBuilder(first ? format.header() : "");
        page.forEach(row -> text.append(format.write(row, json)));
        return DefaultDataBufferFactory.sharedInstance.wrap(text.toString().getBytes(UTF_8));
    }
}
