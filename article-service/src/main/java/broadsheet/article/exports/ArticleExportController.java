package broadsheet.article.exports;

import static java.nio.charset.StandardCharsets.UTF_8;

import broadsheet.article.category.Categories;
import broadsheet.article.category.Category;
import broadsheet.article.store.ExportedArticles;
import broadsheet.web.audit.AuditEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import tools.jackson.databind.json.JsonMapper;

/** Everything that is written here as lines of JSON, which an import takes back: the categories, then each article. */
@RestController
class ArticleExportController {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ExportedArticles articles;
    private final Categories categories;

    ArticleExportController(ExportedArticles articles, Categories categories) {
        this.articles = articles;
        this.categories = categories;
    }

    @GetMapping(path = "/api/exports/articles.ndjson", produces = MediaType.APPLICATION_NDJSON_VALUE)
    ResponseEntity<Flux<DataBuffer>> export(ServerHttpResponse response, Authentication editor) {
        AuditEntry.of("articles-exported").with("by", editor.getName()).log();
        DataBufferFactory buffers = response.bufferFactory();
        Flux<DataBuffer> lines = Flux.concat(
                categories
                        .all()
                        .collectList()
                        .map(ArticleExportController::parentsFirst)
                        .map(all -> lines(all, buffers)),
                articles.pages()
                        .map(page -> lines(
                                page.stream()
                                        .map(exported -> ArticleLines.of(
                                                exported.article(), exported.sourceId(), exported.history()))
                                        .toList(),
                                buffers)));
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"articles.ndjson\"")
                .contentType(MediaType.APPLICATION_NDJSON)
                .body(lines);
    }

    private static List<CategoryLine> parentsFirst(List<Category> categories) {
        var left = new ArrayList<>(categories);
        var placed = new LinkedHashMap<String, CategoryLine>();
        while (!left.isEmpty()) {
            List<Category> next = left.stream()
                    .filter(category -> category.parent() == null || placed.containsKey(category.parent()))
                    .toList();
            List<Category> now = next.isEmpty() ? List.copyOf(left) : next; // a circle, laid open where it is imported
            now.forEach(category -> placed.put(
                    category.slug(),
                    new CategoryLine(
                            CategoryLine.KIND,
                            category.slug(),
                            category.name(),
                            category.parent(),
                            category.position())));
            left.removeAll(now);
        }
        return List.copyOf(placed.values());
    }

    private static DataBuffer lines(List<?> items, DataBufferFactory buffers) {
        var text = new StringBuilder();
        items.forEach(item -> text.append(JSON.writeValueAsString(item)).append('\n'));
        return buffers.wrap(text.toString().getBytes(UTF_8));
    }
}
