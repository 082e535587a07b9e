package broadsheet.article.workflow;

import broadsheet.web.problem.FieldError;
import broadsheet.web.problem.ProblemException;
import java.util.List;
import org.springframework.http.HttpStatus;

/** Why an article is not changed, or not shown. */
public final class ArticleProblems {

    private ArticleProblems() {}

    public static ProblemException unknown(String id) {
        return new ProblemException(HttpStatus.NOT_FOUND, "There is no article '" + id + "'");
    }

    /** Readers may know that it was there, and why it is no more. */
    public static ProblemException withdrawn(Article article) {
        String reason = article.dates().withdrawalNote();
        var problem = new ProblemException(
                HttpStatus.GONE, "Article " + article.id() + " was withdrawn" + (reason == null ? "" : ": " + reason));
        problem.getBody().setProperty("withdrawnAt", article.dates().withdrawn());
        problem.getBody().setProperty("reason", reason);
        return problem;
    }

    /** The article's state forbids it. */
    public static ProblemException by(Article article, String what) {
        return new ProblemException(
                HttpStatus.CONFLICT,
                "Article " + article.id() + " is " + Article.words(article.status()) + " and " + what);
    }

    /** The person may not do it. */
    public static ProblemException of(StaffMember staff, String what) {
        return new ProblemException(HttpStatus.FORBIDDEN, staff.username() + " may not " + what);
    }

    public static ProblemException taken(String slug) {
        var error = new FieldError("slug", "is taken: " + slug);
        var problem = new ProblemException(HttpStatus.CONFLICT, "Another article has the slug '" + slug + "'");
        problem.getBody().setProperty("errors", List.of(error));
        return problem;
    }

    public static ProblemException changedMeanwhile(String id) {
        return new ProblemException(HttpStatus.CONFLICT, "Article " + id + " was changed at the same time; try again");
    }
}
