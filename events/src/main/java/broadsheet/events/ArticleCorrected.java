package broadsheet.events;

import org.jspecify.annotations.Nullable;

/**
 * A published article's content changed.
 *
 * @param note what was corrected, for readers; absent in events of earlier releases
 */
public record ArticleCorrected(
        ArticleSnapshot article, @Nullable String note) implements ArticleChanged {

    public ArticleCorrected {
        Required.present("article", article);
    }
}
