package broadsheet.article.workflow;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * When an article was begun, last changed, published, corrected and withdrawn.
 *
 * @param listed when it was published, or begun while it is not: what lists go by
 * @param correctionNote what the last correction changed, for readers
 * @param withdrawalNote why it was withdrawn, for readers
 */
public record ArticleDates(
        Instant created,
        Instant updated,
        Instant listed,
        @Nullable Instant published,
        @Nullable Instant withdrawn,
        @Nullable Instant corrected,
        @Nullable String correctionNote,
        @Nullable String withdrawalNote) {

    /** The same for readers, to whom only a publication or a correction is a change. */
    public ArticleDates asPublished() {
        Instant changed = Objects.requireNonNullElse(corrected, Objects.requireNonNullElse(published, updated));
        return new ArticleDates(
                created, changed, listed, published, withdrawn, corrected, correctionNote, withdrawalNote);
    }

    static ArticleDates begun(Instant now) {
        return new ArticleDates(now, now, now, null, null, null, null, null);
    }

    ArticleDates updated(Instant now) {
        return new ArticleDates(created, now, listed, published, withdrawn, corrected, correctionNote, withdrawalNote);
    }

    ArticleDates published(Instant now) {
        return new ArticleDates(created, now, now, now, withdrawn, corrected, correctionNote, withdrawalNote);
    }

    ArticleDates corrected(Instant now, String note) {
        return new ArticleDates(created, now, listed, published, withdrawn, now, note, withdrawalNote);
    }

    ArticleDates withdrawn(Instant now, @Nullable String reason) {
        return new ArticleDates(created, now, listed, published, now, corrected, correctionNote, reason);
    }
}
