package broadsheet.article.reading;

import broadsheet.article.content.Body;
import broadsheet.article.content.CategoryLabel;
import broadsheet.article.content.Credit;
import broadsheet.article.hits.Hits;
import broadsheet.article.store.ListedArticle;
import broadsheet.article.store.ListedArticle.Headline;
import broadsheet.article.store.ListedArticle.ListedCorrection;
import broadsheet.article.store.PublicArticles;
import broadsheet.article.workflow.Article;
import broadsheet.article.workflow.Correction;
import broadsheet.article.workflow.Schedule;
import broadsheet.events.ArticleSnapshot.Status;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/**
 * An article as the API shows it.
 *
 * @param body absent in lists
 * @param hits null until the totals are known after a start
 * @param scheduledAt when it is to be published; absent where it waits for no time
 * @param correction the correction that staff works on; readers never get it
 */
public record ArticleResponse(
        String id,
        String slug,
        String url,
        Status status,
        long version,
        String title,
        @Nullable String subtitle,
        @Nullable String summary,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable BodyResponse body,
        CategoryLabel category,
        List<String> tags,
        @Nullable String language,
        List<Credit> credits,
        List<String> authors,
        @Nullable String coverImage,
        @Nullable Instant publishedAt,
        Instant updatedAt,
        @Nullable Instant correctedAt,
        @Nullable String correctionNote,
        @Nullable Instant withdrawnAt,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String withdrawalNote,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant scheduledAt,

        @Nullable Long hits,
        @Nullable Instant hitsAsOf,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable CorrectionResponse correction) {

    /**
     * The body as HTML that any reader may get.
     *
     * @param text the source, for staff only
     */
    public record BodyResponse(
            Body.Format format,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String text,

            String html) {

        static BodyResponse of(Body body, boolean withSource) {
            return new BodyResponse(body.format(), withSource ? body.text() : null, body.html());
        }
    }

    /** A proposed new content of a published article; without its body in lists. */
    public record CorrectionResponse(
            Correction.Stage status,
            List<String> writers,
            String title,
            @Nullable String subtitle,
            @Nullable String summary,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable BodyResponse body,

            CategoryLabel category,
            List<String> tags,
            @Nullable String language,
            List<Credit> credits,
            @Nullable String coverImage) {

        private static @Nullable CorrectionResponse of(
                @Nullable ListedCorrection correction, @Nullable BodyResponse body) {
            if (correction == null) {
                return null;
            }
            Headline content = correction.content();
            return new CorrectionResponse(
                    correction.stage(),
                    correction.writers(),
                    content.title(),
                    content.subtitle(),
                    content.summary(),
                    body,
                    content.category(),
                    content.tags(),
                    content.language(),
                    content.credits(),
                    content.coverImage());
        }
    }

    public static ArticleResponse toStaff(Article article, Hits.Total hits) {
        Article safe = article.safe();
        Correction correction = safe.correction();
        return of(
                ListedArticle.of(safe),
                BodyResponse.of(safe.content().body(), true),
                correction == null ? null : BodyResponse.of(correction.content().body(), true),
                hits);
    }

    /** What answers a change by staff: the article as it is now, with its version as ETag. */
    public static ResponseEntity<ArticleResponse> changed(Article article, Hits.Total hits) {
        return ResponseEntity.ok().eTag(Long.toString(article.version())).body(toStaff(article, hits));
    }

    /** @param article one of {@link PublicArticles} */
    static ArticleResponse toReader(Article article, Hits.Total hits) {
        return of(ListedArticle.of(article), BodyResponse.of(article.content().body(), false), null, hits);
    }

    static ArticleResponse toList(ListedArticle article, boolean forStaff, Hits.Total hits) {
        return of(forStaff ? article : article.asPublished(), null, null, hits);
    }

    private static ArticleResponse of(
            ListedArticle article,
            @Nullable BodyResponse body,
            @Nullable BodyResponse correctionBody,
            Hits.Total hits) {
        Headline content = article.content();
        Schedule schedule = article.schedule();
        return new ArticleResponse(
                article.id(),
                article.slug(),
                article.url(),
                article.status(),
                article.version(),
                content.title(),
                content.subtitle(),
                content.summary(),
                body,
                content.category(),
                content.tags(),
                content.language(),
                content.credits(),
                List.of(article.author().displayName()),
                content.coverImage(),
                article.dates().published(),
                article.dates().updated(),
                article.dates().corrected(),
                article.dates().correctionNote(),
                article.dates().withdrawn(),
                article.dates().withdrawalNote(),
                schedule == null ? null : schedule.at(),
                hits.hits(),
                hits.asOf(),
                CorrectionResponse.of(article.correction(), correctionBody));
    }
}
