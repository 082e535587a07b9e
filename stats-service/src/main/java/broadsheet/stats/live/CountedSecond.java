package broadsheet.stats.live;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What one instance has counted in a second, as the topic carries it.
 *
 * @param views by column of the ledger; those without views are left out
 * @param articles those with the most hits in it
 * @param otherArticles that had hits in it too
 * @param otherHits of these
 * @param activeArticles a sketch of the ids of all of them, in Base64
 */
@JsonIgnoreProperties(ignoreUnknown = true) // of a newer release
record CountedSecond(
        Map<String, Long> views, List<ArticleHits> articles, int otherArticles, long otherHits, String activeArticles) {

    /** Exact up to 512 articles, beyond that with a standard error of 1.2 %. */
    static final int SKETCH_PRECISION = 12;

    CountedSecond {
        Objects.requireNonNull(views, "views");
        Objects.requireNonNull(articles, "articles");
        Objects.requireNonNull(activeArticles, "activeArticles");
    }

    /**
     * An article that had hits.
     *
     * @param hits those of the second
     * @param total all that it has
     */
    record ArticleHits(String articleId, long hits, long total) {}
}
