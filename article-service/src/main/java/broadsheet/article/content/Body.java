package broadsheet.article.content;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * An article's body as it was written and as it is shown.
 *
 * @param text what was written; for HTML already without what no reader may get
 * @param html the same as safe HTML
 */
public record Body(Format format, String text, String html) {

    public enum Format {
        @JsonProperty("markdown")
        MARKDOWN,
        @JsonProperty("html")
        HTML
    }

    /** Of the HTML in UTF-8: an article holds four such texts at most, and MongoDB documents 16 MiB. */
    public static final int MAX_BYTES = 3_000_000;

    /** The body of a text, made safe on its way in. */
    public static Body of(Format format, String text) {
        return switch (format) {
            case MARKDOWN -> new Body(format, text, SafeHtml.of(Markdown.toHtml(text)));
            case HTML -> {
                String safe = SafeHtml.of(text);
                yield new Body(format, safe, safe);
            }
        };
    }

    /** The body made safe on its way out as well: what lies in the store may be older than today's rules. */
    public Body safe() {
        return new Body(format, text, SafeHtml.of(html));
    }

    /**
     * The body with all sizes of pictures of ours, where it does not become too long by them.
     *
     * @param pictures by their ids
     */
    public Body showing(Map<String, ResponsiveImages.Picture> pictures) {
        var showing = new Body(format, text, ResponsiveImages.in(html, pictures));
        return showing.isTooLong() ? this : showing;
    }

    /** Whether a text became longer as HTML, where {@code &} takes five characters, than an article can hold. */
    public boolean isTooLong() {
        return html.length() > MAX_BYTES / 3 && html.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES;
    }
}
