package broadsheet.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * An article can now be read by anyone.
 *
 * @param silent true where nobody is to be told of it, since it was imported and has been public elsewhere; else absent
 */
public record ArticlePublished(
        ArticleSnapshot article,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean silent) implements ArticleChanged {

    public ArticlePublished {
        Required.present("article", article);
        silent = Boolean.TRUE.equals(silent) ? silent : null;
    }

    public ArticlePublished(ArticleSnapshot article) {
        this(article, null);
    }

    /** The same where nobody is to be told of it. */
    public static ArticlePublished silently(ArticleSnapshot article) {
        return new ArticlePublished(article, true);
    }

    public boolean tellsNobody() {
        return silent != null;
    }
}
