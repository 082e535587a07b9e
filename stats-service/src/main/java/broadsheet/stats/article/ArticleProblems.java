package broadsheet.stats.article;

import broadsheet.web.problem.ProblemException;
import org.springframework.http.HttpStatus;

/** The refusals of calls that name an article. */
public final class ArticleProblems {

    private ArticleProblems() {}

    /** 404: neither an event about it nor a view of it has arrived. */
    public static ProblemException unknown(String articleId) {
        return new ProblemException(HttpStatus.NOT_FOUND, "No article " + articleId + " is known");
    }
}
