package broadsheet.article.store;

import broadsheet.article.content.CategoryLabel;
import broadsheet.article.content.Credit;
import broadsheet.article.workflow.ArticleDates;
import broadsheet.article.workflow.Correction;
import broadsheet.article.workflow.StaffMember;
import broadsheet.events.ArticleSnapshot.Status;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

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
        @Nullable ListedCorrection correction) {

    public record Headline(
            String title,
            @Nullable String subtitle,
            @Nullable String summary,
            CategoryLabel category,
            List<String> tags,
            @Nullable String language,
            List<Credit> credits,
            @Nullable String coverImage) {}

    /** A correction that staff works on, without its body. */
    public record ListedCorrection(Headline content, Correction.Stage stage, List<String> writers) {}

    public String url() {
        return "/news/" + content.category().slug() + "/" + slug;
    }
}
