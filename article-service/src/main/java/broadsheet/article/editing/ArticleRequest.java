package broadsheet.article.editing;

import broadsheet.article.content.Body;
import broadsheet.article.content.CategoryLabel;
import broadsheet.article.content.Content;
import broadsheet.article.content.Credit;
import broadsheet.article.content.ImageAddress;
import broadsheet.article.content.Slugs;
import broadsheet.article.workflow.Article;
import broadsheet.web.problem.InvalidFieldException;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an author sends of an article, first and each time it is rewritten. */
record ArticleRequest(
        @NotBlank @Size(max = 300) @Pattern(regexp = ONE_LINE, message = NO_CONTROLS) String title,

        @Nullable @Size(max = 500) @Pattern(regexp = ONE_LINE, message = NO_CONTROLS) String subtitle,

        @Nullable @Size(max = 2_000) String summary,
        @NotNull @Valid BodyText body,
        @NotBlank String category,
        @Nullable @Size(max = 20, message = TOO_MANY) List<@NotBlank @Size(max = 50) String> tags,

        @Nullable @Pattern(
                regexp = "[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,10}",
                message = "must be a BCP 47 tag such as en or pt-BR")
        String language,

        @Nullable @Size(max = 20, message = TOO_MANY) List<@NotNull @Valid CreditLine> credits,

        @Nullable @Size(max = 2_000) String coverImage,

        @Nullable @Size(max = Slugs.MAX_LENGTH) @Pattern(regexp = Slugs.PATTERN, message = Slugs.RULE) String slug) {

    private static final String ONE_LINE = "\\P{Cntrl}*";
    private static final String TOO_MANY = "has too many: {max} at most";
    private static final String NO_CONTROLS = "must be one line, without control characters";

    record BodyText(
            @NotNull Body.Format format,
            @NotNull @Size(max = 1_000_000) String text) {}

    record CreditLine(
            @NotBlank @Size(max = 100) String role,
            @NotBlank @Size(max = 200) String name) {}

    /** The new content of an article, whose address stays what it is once readers know it. */
    Content contentOf(Article article, CategoryLabel label) {
        if (slug != null && !slug.equals(article.slug()) && article.isPublic()) {
            throw new InvalidFieldException(
                    "slug", "is " + article.slug() + "; PUT /api/articles/" + article.id() + "/slug changes it");
        }
        return content(label);
    }

    /** The article with the slug that is asked for. */
    Article slugged(Article article) {
        return slug == null ? article : article.slugged(slug);
    }

    Content content(CategoryLabel label) {
        if (coverImage != null && !ImageAddress.isValid(coverImage)) {
            throw new InvalidFieldException("coverImage", "must be an https address or a path on this site");
        }
        Body written = Body.of(body.format, body.text);
        if (written.isTooLong()) {
            throw new InvalidFieldException("body.text", "is longer as HTML than " + Body.MAX_BYTES + " bytes");
        }
        return new Content(
                title.strip(),
                subtitle,
                summary,
                written,
                label,
                tags == null
                        ? List.of()
                        : tags.stream().map(String::strip).distinct().toList(),
                language,
                credits == null ? List.of() : claimable(credits),
                coverImage);
    }

    private static List<Credit> claimable(List<CreditLine> lines) {
        List<Credit> credits = lines.stream()
                .map(line -> new Credit(line.role.strip(), line.name.strip()))
                .toList();
        for (int n = 0; n < credits.size(); n++) {
            if (credits.get(n).namesReviewer()) {
                throw new InvalidFieldException(
                        "credits[" + n + "].role", "is given to whoever approves the article; leave it out");
            }
        }
        return credits;
    }

    /** A title without a letter or digit, such as one of emoji, has no slug of its own. */
    String slugOfTitle() {
        return Slugs.of(title, "article");
    }
}
