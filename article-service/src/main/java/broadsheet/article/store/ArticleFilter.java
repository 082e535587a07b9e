package broadsheet.article.store;

import static org.springframework.data.mongodb.core.query.Criteria.where;

import broadsheet.article.workflow.Correction;
import broadsheet.events.ArticleSnapshot.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.query.Criteria;

/**
 * Which articles a list shows; what is absent does not narrow it; {@code author} is a public name, never a login. A
 * published article whose correction is a draft, in review or approved has both states.
 *
 * @param from the first moment at which an article can have been published, or begun while it is not
 * @param to the first one at which it cannot
 */
public record ArticleFilter(
        @Nullable String category,
        @Nullable String tag,
        @Nullable String author,
        List<Status> statuses,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable ListCursor after) {

    public static ArticleFilter published(@Nullable String category, @Nullable ListCursor after) {
        return new ArticleFilter(category, null, null, List.of(Status.PUBLISHED, Status.CORRECTED), null, null, after);
    }

    Criteria criteria() {
        var all = new ArrayList<Criteria>();
        if (category != null) {
            all.add(where("content.category.slug").is(category));
        }
        if (tag != null) {
            all.add(where("content.tags").is(tag));
        }
        if (author != null) {
            all.add(where("author.displayName").is(author));
        }
        if (!statuses.isEmpty()) {
            all.add(statusIs());
        }
        if (from != null) {
            all.add(where("dates.listed").gte(from));
        }
        if (to != null) {
            all.add(where("dates.listed").lt(to));
        }
        if (after != null) {
            all.add(new Criteria()
                    .orOperator(
                            where("dates.listed").lt(after.listedAt()),
                            where("dates.listed")
                                    .is(after.listedAt())
                                    .and("_id")
                                    .lt(after.id())));
        }
        return all.isEmpty() ? new Criteria() : new Criteria().andOperator(all);
    }

    private Criteria statusIs() {
        Criteria ofArticle = where("status").in(statuses);
        List<Correction.Stage> stages = Arrays.stream(Correction.Stage.values())
                .filter(stage -> statuses.contains(stage.status()))
                .toList();
        return stages.isEmpty()
                ? ofArticle
                : new Criteria().orOperator(ofArticle, where("correction.stage").in(stages));
    }
}
