package broadsheet.article.site;

import broadsheet.web.problem.ProblemException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.result.view.Rendering;
import reactor.core.publisher.Mono;

/** What the answers of all pages have in common. */
final class PageRendering {

    private PageRendering() {}

    static Rendering.Builder<?> page(String template) {
        return Rendering.view(template).header(HttpHeaders.CACHE_CONTROL, "no-cache");
    }

    static <T> Mono<T> notFound() {
        return Mono.error(() -> new ProblemException(HttpStatus.NOT_FOUND, "There is nothing at this address"));
    }
}
