package broadsheet.article.content;

import com.fasterxml.jackson.annotation.JsonProperty;

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
}
