package broadsheet.stats.classification;

import broadsheet.events.ArticleViewed;
import broadsheet.stats.position.Place;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A record of the views topic and what it is. Every one is in the ledger; what is of an article is also in the article's
 * numbers.
 *
 * @param partition that it stands in, as fences name it
 * @param view null where the record holds none that can be read
 * @param countedAt when it happened, which is the hour and day of its article that it belongs to; when it was received, where
 *     that was too long ago or not yet
 * @param receivedAt which is the hour of the ledger that it belongs to
 * @param memoryCutShort whether more views had come than can be remembered, so that it might be an unknown duplicate or double
 *     click
 */
public record ClassifiedView(
        String partition,
        Place place,
        Classification classification,
        @Nullable ArticleViewed view,
        Instant countedAt,
        Instant receivedAt,
        boolean memoryCutShort) {

    public ClassifiedView {
        if (view == null && classification.isHit()) {
            throw new IllegalArgumentException("A hit is of an article: " + partition + " " + place);
        }
    }

    /** One that can be counted when it happened. */
    public static ClassifiedView of(String partition, Place place, Classification classification, ArticleViewed view) {
        Instant countedAt = classification == Classification.LATE ? view.receivedAt() : view.occurredAt();
        return new ClassifiedView(partition, place, classification, view, countedAt, view.receivedAt(), false);
    }

    public boolean isHit() {
        return classification.isHit();
    }

    /** Of no article where the record holds no view. */
    public @Nullable String articleId() {
        return view == null ? null : view.articleId();
    }

    /** The view that the record holds. */
    public ArticleViewed opened() {
        return Objects.requireNonNull(view, "no view");
    }

    public static List<ClassifiedView> hits(List<ClassifiedView> views) {
        return views.stream().filter(ClassifiedView::isHit).toList();
    }
}
