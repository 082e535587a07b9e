package broadsheet.article.workflow;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When an article was begun, last changed, published and withdrawn.
 *
 * @param listed when it was published, or begun while it is not: what lists go by
 */
public record ArticleDates(
        Instant created,
        Instant updated,
        Instant listed,
        @Nullable Instant published,
        @Nullable Instant withdrawn) {

    static ArticleDates begun(Instant now) {
        return new ArticleDates(now, now, now, null, null);
    }

    ArticleDates updated(Instant now) {
        return new ArticleDates(created, now, listed, published, withdrawn);
    }

    ArticleDates published(Instant now) {
        return new ArticleDates(created, now, now, now, withdrawn);
    }

    ArticleDates withdrawn(Instant now) {
        return new ArticleDates(created, now, listed, published, now);
    }
}
