package broadsheet.article.site;

import broadsheet.web.problem.ProblemException;
import org.springframework.http.HttpStatus;
import reactor.core.publisher.Mono;

/** The answer where there is no page. */
final class PageNotFound {

    private PageNotFound() {}

    static <T> Mono<T> error() {
        return Mono.error(() -> new ProblemException(HttpStatus.NOT_FOUND, "There is nothing at this address"));
    }
}
