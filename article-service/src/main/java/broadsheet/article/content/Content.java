package broadsheet.article.content;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is written and can be rewritten of an article.
 *
 * @param language BCP 47 tag
 * @param coverImage an https address or a path on the site
 */
public record Content(
        String title,
        @Nullable String subtitle,
        @Nullable String summary,
        Body body,
        CategoryLabel category,
        List<String> tags,
        @Nullable String language,
        List<Credit> credits,
        @Nullable String coverImage) {

    public Content credited(List<Credit> newCredits) {
        return new Content(title, subtitle, summary, body, category, tags, language, newCredits, coverImage);
    }

    /** The content with a body that any reader may get. */
    public Content safe() {
        return new Content(title, subtitle, summary, body.safe(), category, tags, language, credits, coverImage);
    }
}
