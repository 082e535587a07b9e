package broadsheet.article.editing;

import broadsheet.article.workflow.Article;
import broadsheet.article.workflow.ArticleProblems;
import broadsheet.web.problem.InvalidFieldException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ETag;

/** The precondition of a write (RFC 9110, 13.1.1): the strong ETag is the article's version. */
final class IfMatch {

    private static final Pattern SYNTAX = Pattern.compile("\\s*(\\*|(W/)?\"[^\"]*\"(\\s*,\\s*(W/)?\"[^\"]*\")*)\\s*");

    private IfMatch() {}

    static Article required(Article article, @Nullable String header) {
        if (header == null) {
            throw ArticleProblems.unconditional();
        }
        return optional(article, header);
    }

    static Article optional(Article article, @Nullable String header) {
        if (header == null || matches(article, header)) {
            return article;
        }
        throw ArticleProblems.stale(article.id());
    }

    private static boolean matches(Article article, String header) {
        if (!SYNTAX.matcher(header).matches()) {
            throw new InvalidFieldException("If-Match", "must be entity tags in double quotes, or *");
        }
        String version = Long.toString(article.version());
        return ETag.parse(header).stream()
                .anyMatch(tag -> tag.isWildcard() || (!tag.weak() && tag.tag().equals(version)));
    }
}
