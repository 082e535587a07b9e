package broadsheet.article.content;

import java.util.ArrayList;
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

    /** Adds a credit, unless someone is named for that role already. */
    public Content credited(String role, String name) {
        if (credits.stream().anyMatch(credit -> credit.role().equalsIgnoreCase(role))) {
            return this;
        }
        var more = new ArrayList<>(credits);
        more.add(new Credit(role, name));
        return withCredits(more);
    }

    /** Credits whoever reviewed it, in place of anyone else who is named for that. */
    public Content reviewedBy(String name) {
        var more = new ArrayList<>(asWritten().credits);
        more.add(new Credit(Credit.REVIEWED_BY, name));
        return withCredits(more);
    }

    /** The content as its writers can write it: who reviewed it is not theirs to say. */
    public Content asWritten() {
        return withCredits(
                credits.stream().filter(credit -> !credit.namesReviewer()).toList());
    }

    public Content in(CategoryLabel newCategory) {
        return new Content(title, subtitle, summary, body, newCategory, tags, language, credits, coverImage);
    }

    public Content withBody(Body newBody) {
        return new Content(title, subtitle, summary, newBody, category, tags, language, credits, coverImage);
    }

    private Content withCredits(List<Credit> newCredits) {
        return new Content(
                title, subtitle, summary, body, category, tags, language, List.copyOf(newCredits), coverImage);
    }

    /** The content with a body and an image that any reader may get. */
    public Content safe() {
        return new Content(
                title,
                subtitle,
                summary,
                body.safe(),
                category,
                tags,
                language,
                credits,
                ImageAddress.validOrNull(coverImage));
    }
}
