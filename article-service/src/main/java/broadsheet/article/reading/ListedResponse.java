package broadsheet.article.reading;

import broadsheet.article.search.Highlights;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

/**
 * An article in a list.
 *
 * @param highlights where the words were found that were searched for
 */
record ListedResponse(
        @JsonUnwrapped ArticleResponse article,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Highlights highlights) {}
