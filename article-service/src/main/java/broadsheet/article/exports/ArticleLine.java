package broadsheet.article.exports;

import broadsheet.article.content.Body;
import broadsheet.article.content.Credit;
import broadsheet.article.workflow.Correction;
import broadsheet.article.workflow.SavedBy;
import broadsheet.article.workflow.Transition;
import broadsheet.events.ArticleSnapshot.Status;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An article in our own form: a line of the export, and what each import reads its items into. All that the article's
 * document has is in it; of what an import brings only title and body must be. What the API shows of an article beyond that,
 * such as its hits, is read over.
 *
 * @param id of an article of this or another Broadsheet; it keeps it
 * @param sourceId what the system it comes from calls it; articles without id get theirs from it
 * @param category its slug, or a name
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties({"kind", "url", "authors", "hits", "hitsAsOf"})
public record ArticleLine(
        @Nullable String id,
        @Nullable String sourceId,
        @Nullable Long version,
        @Nullable Status status,
        @Nullable String slug,
        @Nullable List<String> earlierSlugs,
        @Nullable String title,
        @Nullable String subtitle,
        @Nullable String summary,
        @Nullable BodyLine body,
        @Nullable CategoryName category,
        @Nullable List<String> tags,
        @Nullable String language,
        @Nullable List<Credit> credits,
        @Nullable String coverImage,
        @Nullable AuthorLine author,
        @Nullable Instant createdAt,
        @Nullable Instant updatedAt,
        @Nullable Instant publishedAt,
        @Nullable Instant correctedAt,
        @Nullable String correctionNote,
        @Nullable Instant withdrawnAt,
        @Nullable String withdrawalNote,
        @Nullable Instant scheduledAt,
        @Nullable AuthorLine scheduledBy,
        @Nullable SavedBy saved,
        @Nullable List<Transition> history,
        @Nullable List<String> writers,
        @Nullable Long approvedVersion,
        @Nullable Long publicVersion,
        @Nullable CorrectionLine correction) {

    /** Its words, as they were written. */
    @JsonIgnoreProperties("html")
    public record BodyLine(
            Body.@Nullable Format format, @Nullable String text) {}

    /** Who wrote it; whether there is an account of that name or not. */
    public record AuthorLine(
            @Nullable String username, @Nullable String displayName) {}

    /** A category as an article names it: its slug, or a name of which a slug is made. */
    public record CategoryName(
            @Nullable String slug, @Nullable String name) {

        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        static CategoryName of(Object json) {
            if (json instanceof String text) {
                return new CategoryName(text, null);
            }
            if (json instanceof Map<?, ?> fields) {
                return new CategoryName(text(fields, "slug"), text(fields, "name"));
            }
            throw new IllegalArgumentException("must be a slug, or an object with slug and name");
        }

        private static @Nullable String text(Map<?, ?> fields, String name) {
            Object value = fields.get(name);
            if (value != null && !(value instanceof String)) {
                throw new IllegalArgumentException("has a " + name + " that is no text");
            }
            return (String) value;
        }
    }

    /** The words of an article, apart from where it stands and when. */
    public record Words(
            @Nullable String title,
            @Nullable String subtitle,
            @Nullable String summary,
            BodyLine body,
            @Nullable CategoryName category,
            List<String> tags,
            @Nullable String language,
            @Nullable String coverImage) {}

    /** When it was begun, last changed and published, as far as that is known. */
    public record Times(
            @Nullable Instant created,
            @Nullable Instant updated,
            @Nullable Instant published) {}

    /** The content that is proposed for a public article. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record CorrectionLine(
            @JsonProperty("status") Correction.@Nullable Stage stage,
            @Nullable List<String> writers,
            @Nullable String title,
            @Nullable String subtitle,
            @Nullable String summary,
            @Nullable BodyLine body,
            @Nullable CategoryName category,
            @Nullable List<String> tags,
            @Nullable String language,
            @Nullable List<Credit> credits,
            @Nullable String coverImage,
            @Nullable SavedBy saved) {}

    /** What another system knows of an article. */
    public static ArticleLine of(
            String sourceId,
            Status status,
            @Nullable String slug,
            Words words,
            @Nullable AuthorLine author,
            Times times) {
        return new ArticleLine(
                null,
                sourceId,
                null,
                status,
                slug,
                null,
                words.title,
                words.subtitle,
                words.summary,
                words.body,
                words.category,
                words.tags,
                words.language,
                null,
                words.coverImage,
                author,
                times.created,
                times.updated,
                times.published,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }
}
