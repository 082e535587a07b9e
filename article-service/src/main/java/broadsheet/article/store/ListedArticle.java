package broadsheet.article.store;

import broadsheet.article.content.CategoryLabel;
import broadsheet.article.content.Content;
import broadsheet.article.content.Credit;
import broadsheet.article.outbox.Outbox;
import broadsheet.article.workflow.Article;
import broadsheet.article.workflow.ArticleDates;
import broadsheet.article.workflow.Correction;
import broadsheet.article.workflow.Schedule;
import broadsheet.article.workflow.StaffMember;
import broadsheet.events.ArticleSnapshot.Status;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.query.Query;

/** An article as lists read it: without its body and its history. */
@Document("articles")
public record ListedArticle(
        @Id String id,
        long version,
        Status status,
        String slug,
        Headline content,
        StaffMember author,
        ArticleDates dates,
        @Nullable Schedule schedule,
        @Nullable ListedCorrection correction,
        @Nullable Long publicVersion) {

    public record Headline(
            String title,
            @Nullable String subtitle,
            @Nullable String summary,
            CategoryLabel category,
            List<String> tags,
            @Nullable String language,
            List<Credit> credits,
            @Nullable String coverImage) {

        static Headline of(Content content) {
            return new Headline(
                    content.title(),
                    content.subtitle(),
                    content.summary(),
                    content.category(),
                    content.tags(),
                    content.language(),
                    content.credits(),
                    content.coverImage());
        }
    }

    /** A correction that staff works on, without its body. */
    public record ListedCorrection(Headline content, Correction.Stage stage, List<String> writers) {

        private static @Nullable ListedCorrection of(@Nullable Correction correction) {
            return correction == null
                    ? null
                    : new ListedCorrection(Headline.of(correction.content()), correction.stage(), correction.writers());
        }
    }

    /** Has the query leave out what lists do not show. */
    static Query fieldsOf(Query query) {
        query.fields().exclude("content.body", "correction.content.body", "history", Outbox.FIELD);
        return query;
    }

    /** What a list would show of an article. */
    public static ListedArticle of(Article article) {
        return new ListedArticle(
                article.id(),
                article.version(),
                article.status(),
                article.slug(),
                Headline.of(article.content()),
                article.author(),
                article.dates(),
                article.schedule(),
                ListedCorrection.of(article.correction()),
                article.publicVersion());
    }

    /** A public article without what staff works on, as {@link Article#asPublished} is. */
    public ListedArticle asPublished() {
        long known = publicVersion == null ? version : publicVersion;
        return new ListedArticle(id, known, status, slug, content, author, dates.asPublished(), null, null, known);
    }

    public String url() {
        return "/news/" + content.category().slug() + "/" + slug;
    }
}
