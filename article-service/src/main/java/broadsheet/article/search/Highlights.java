package broadsheet.article.search;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Where words were found, as HTML: what was found in {@code <mark>}, all else escaped.
 *
 * @param title the whole title; null where none of the words is in it
 * @param body some of the text around the words; null where none is in it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Highlights(@Nullable String title, @Nullable String body) {}
