package broadsheet.article.store;

import static org.springframework.data.mongodb.core.query.Criteria.where;

import broadsheet.events.ArticleSnapshot.Status;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.query.Criteria;

/** Which articles a list shows; what is absent does not narrow it; {@code author} is a public name, never a login. */
public record ArticleFilter(
        @Nullable String category,
        @Nullable String tag,
        @Nullable String author,
        List<Status> statuses,
        @Nullable ListCursor after) {

    public static ArticleFilter published(@Nullable String category, @Nullable ListCursor after) {
        return new ArticleFilter(category, null, null, List.of(Status.PUBLISHED, Status.CORRECTED), after);
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
            all.add(where("status").in(statuses));
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
}
