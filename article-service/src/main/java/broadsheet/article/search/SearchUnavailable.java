package broadsheet.article.search;

import broadsheet.web.problem.ProblemException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/** A search that cannot be answered now, but soon. */
class SearchUnavailable extends ProblemException {

    SearchUnavailable() {
        this("The search index is being made; try again in a few seconds");
    }

    SearchUnavailable(String detail) {
        super(HttpStatus.SERVICE_UNAVAILABLE, detail);
        getHeaders().set(HttpHeaders.RETRY_AFTER, "5");
    }
}
