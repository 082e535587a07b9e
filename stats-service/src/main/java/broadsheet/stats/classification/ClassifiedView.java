package broadsheet.stats.classification;

import broadsheet.events.ArticleViewed;
import broadsheet.stats.position.Place;
import java.time.Instant;
import java.util.List;

/**
 * A record of the views topic and what it is; every kind is in the ledger, hits, bots and double clicks also in their
 * article's counts.
 */
public sealed interface ClassifiedView {

    /** The partition it stands in, as fences name it. */
    String partition();

    Place place();

    Classification classification();

    /** When the view was received, which is the hour of the ledger that it belongs to. */
    Instant receivedAt();

    /** Whether more views had come than can be remembered, so that it might be an unknown duplicate or double click. */
    boolean memoryCutShort();

    static List<ArticleViewed> hits(List<ClassifiedView> views) {
        return views.stream()
                .filter(Hit.class::isInstance)
                .map(Hit.class::cast)
                .map(Hit::view)
                .toList();
    }

    /** A view of an article that is in the article's counts. */
    sealed interface OfArticle extends ClassifiedView {

        ArticleViewed view();

        @Override
        default Instant receivedAt() {
            return view().receivedAt();
        }
    }

    /** A person opened an article. */
    record Hit(String partition, Place place, ArticleViewed view, boolean memoryCutShort) implements OfArticle {

        public Hit(String partition, Place place, ArticleViewed view) {
            this(partition, place, view, false);
        }

        @Override
        public Classification classification() {
            return Classification.COUNTED;
        }
    }

    /** A robot or automation opened an article. */
    record BotView(String partition, Place place, ArticleViewed view, boolean memoryCutShort) implements OfArticle {

        public BotView(String partition, Place place, ArticleViewed view) {
            this(partition, place, view, false);
        }

        @Override
        public Classification classification() {
            return Classification.BOT;
        }
    }

    /** A person opened an article again just after. */
    record DoubleClick(String partition, Place place, ArticleViewed view, boolean memoryCutShort) implements OfArticle {

        public DoubleClick(String partition, Place place, ArticleViewed view) {
            this(partition, place, view, false);
        }

        @Override
        public Classification classification() {
            return Classification.DOUBLE_CLICK;
        }
    }

    /** Of no article's numbers. */
    record NotCounted(
            String partition, Place place, Classification classification, Instant receivedAt, boolean memoryCutShort)
            implements ClassifiedView {

        public NotCounted(String partition, Place place, Classification classification, Instant receivedAt) {
            this(partition, place, classification, receivedAt, false);
        }

        public NotCounted {
            switch (classification) {
                case COUNTED, BOT, DOUBLE_CLICK ->
                    throw new IllegalArgumentException("Counts for its article: " + classification);
                case DUPLICATE, LATE, INVALID, DEAD_LETTERED -> {}
            }
        }
    }
}
