package broadsheet.stats.export;

import broadsheet.stats.article.Article;
import broadsheet.stats.classification.Classification;
import broadsheet.stats.erased.ErasedArticles;
import broadsheet.stats.history.ArticleDay;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An article's numbers of a day or an hour in UTC.
 *
 * @param title null where no event about the article has arrived yet
 * @param visitors distinct ones of the day, or of the hour
 */
record ExportRow(
        Instant start,
        String articleId,
        @Nullable String title,
        @Nullable String url,
        @Nullable String category,
        long hits,
        long visitors,
        long bots,
        long automated,
        long doubleClicks) {

    static final List<String> COLUMNS = List.of(
            "start", "articleId", "title", "url", "category", "hits", "visitors", "bots", "automated", "doubleClicks");

    private static final int HOURS_A_DAY = 24;

    static ExportRow ofDay(ArticleDay day, Map<String, Article> articles) {
        return of(day, 0, HOURS_A_DAY, day.hits(), articles);
    }

    /** Those in which something was counted. */
    static Stream<ExportRow> ofHours(ArticleDay day, Map<String, Article> articles) {
        return IntStream.range(0, HOURS_A_DAY)
                .mapToObj(hour -> of(day, hour, hour + 1, hits(day, hour), articles))
                .filter(row -> row.hits + row.bots + row.automated + row.doubleClicks > 0);
    }

    private static long hits(ArticleDay day, int hour) {
        Instant start = day.start().plus(Duration.ofHours(hour));
        return day.hitsByTime().subMap(start, start.plus(Duration.ofHours(1))).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /** As one of an article that is erased. */
    ExportRow unnamed() {
        return new ExportRow(
                start, ErasedArticles.TOGETHER, null, null, null, hits, visitors, bots, automated, doubleClicks);
    }

    private static ExportRow of(ArticleDay day, int from, int to, long hits, Map<String, Article> articles) {
        Article article = articles.get(day.articleId());
        return new ExportRow(
                day.start().plus(Duration.ofHours(from)),
                day.articleId(),
                article == null ? null : article.title(),
                article == null ? null : article.url(),
                article == null ? null : article.category().slug(),
                hits,
                day.visitors(from, to),
                day.views(Classification.BOT, from, to),
                day.views(Classification.AUTOMATED, from, to),
                day.views(Classification.DOUBLE_CLICK, from, to));
    }
}
