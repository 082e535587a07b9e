package broadsheet.stats.store;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Sorts.descending;

import broadsheet.stats.HitCount;
import com.mongodb.client.model.Filters;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** The order of articles by hits, as an index has it: most hits first, equal ones by their ids. */
public record MostHitsFirst(String hits, String articleId) {

    public Bson order() {
        return descending(hits, articleId);
    }

    /** Those behind the last one that was read before, if any. */
    public Bson after(@Nullable HitCount last) {
        return last == null
                ? Filters.empty()
                : and(lte(hits, last.hits()), or(lt(hits, last.hits()), lt(articleId, last.articleId())));
    }
}
