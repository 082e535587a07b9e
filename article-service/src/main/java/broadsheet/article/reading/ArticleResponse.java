package broadsheet.article.reading;

import broadsheet.article.content.CategoryLabel;

import broadsheet.article.content.Body;
import broadsheet.article.content.Content;
import broadsheet.article.content.Credit;
import broadsheet.article.hits.Hits;
import broadsheet.article.store.ListedArticle;
import broadsheet.article.store.PublicArticles;
import broadsheet.article.workflow.Article;
import broadsheet.events.ArticleSnapshot.Status;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An article as the API shows it.
 *
 * @param body absent in lists
 * @param hits null until the totals are known after a start
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
        @Nullable Instant withdrawnAt,
        @Nullable Long hits,
        @Nullable Instant hitsAsOf) {

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

    public static ArticleResponse toStaff(Article article, Hits.Total hits) {
        return of(article.safe(), true, hits);
    }

    /** @param article one that {@link PublicArticles} made safe */
    static ArticleResponse toReader(Article article, Hits.Total hits) {
        return of(article, false, hits);
    }

    private static ArticleResponse of(Article article, boolean forStaff, Hits.Total hits) {
        Content content = article.content();
        return new ArticleResponse(
                article.id(),
                article.slug(),
                article.url(),
                article.status(),
                article.version(),
                content.title(),
                content.subtitle(),
                content.summary(),
                BodyResponse.of(content.body(), forStaff),
                content.category(),
                content.tags(),
                content.language(),
                content.credits(),
                List.of(article.author().displayName()),
                content.coverImage(),
                article.dates().published(),
                article.dates().updated(),
                article.dates().withdrawn(),
                hits.hits(),
                hits.asOf());
    }

    static ArticleResponse of(ListedArticle article, Hits.Total hits) {
        ListedArticle.Headline content = article.content();
        return new ArticleResponse(
                article.id(),
                article.slug(),
                article.url(),
                article.status(),
                article.version(),
                content.title(),
                content.subtitle(),
                content.summary(),
                null,
                content.category(),
                content.tags(),
                content.language(),
                content.credits(),
                List.of(article.author().displayName()),
                content.coverImage(),
                article.dates().published(),
                article.dates().updated(),
                article.dates().withdrawn(),
                hits.hits(),
                hits.asOf());
    }
}
