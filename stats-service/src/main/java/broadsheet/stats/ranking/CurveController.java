package broadsheet.stats.ranking;

import broadsheet.stats.article.Article;
import broadsheet.stats.article.ArticleProblems;
import broadsheet.stats.article.Articles;
import broadsheet.stats.position.CountingLag;
import broadsheet.stats.ranking.CategoryMedians.Median;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** How much an article was read since its publication, beside what its category's articles have at the same age. */
@RestController
class CurveController {

    private final Articles articles;
    private final HitsByAge hits;
    private final CategoryMedians medians;
    private final CountingLag lag;
    private final InstantSource clock;

    CurveController(Articles articles, HitsByAge hits, CategoryMedians medians, CountingLag lag, InstantSource clock) {
        this.articles = articles;
        this.hits = hits;
        this.medians = medians;
        this.lag = lag;
        this.clock = clock;
    }

    /**
     * A point for each age, the youngest first.
     *
     * @param publishedAt null where it never was, or where this is not known: then there are no hits
     */
    record CurveResponse(
            String articleId,
            String title,
            Article.Category category,
            @Nullable Instant publishedAt,
            List<Point> points,
            Instant asOf,
            @Nullable Long lagMillis,
            boolean complete) {}

    /**
     * The hits by an age.
     *
     * @param hits null where the article is younger
     * @param median the hits that half of the category's newest articles exceed; null where none is so old
     * @param articles of how many articles the median is
     */
    record Point(String age, @Nullable Long hits, @Nullable Double median, int articles) {}

    @GetMapping("/api/stats/articles/{id}/curve")
    Mono<CurveResponse> curve(@PathVariable String id) {
        return lag.report()
                .flatMap(counted -> articles.find(id)
                        .switchIfEmpty(Mono.error(() -> ArticleProblems.unknown(id)))
                        .flatMap(article -> points(article)
                                .map(points -> new CurveResponse(
                                        id,
                                        article.title(),
                                        article.category(),
                                        article.publishedAt(),
                                        points,
                                        counted.asOf(),
                                        counted.lagMillis(),
                                        counted.complete()))));
    }

    private Mono<List<Point>> points(Article article) {
        return Mono.zip(medians.find(article.category().slug()), hits(article))
                .map(found -> Arrays.stream(Age.values())
                        .map(age ->
                                point(age, found.getT2().get(age), found.getT1().get(age)))
                        .toList());
    }

    /** By the ages that it has reached. */
    private Mono<Map<Age, Long>> hits(Article article) {
        Instant publishedAt = article.publishedAt();
        Instant now = clock.instant();
        return publishedAt == null
                ? Mono.just(Map.of())
                : Flux.just(Age.values())
                        .filter(age -> !age.after(publishedAt).isAfter(now))
                        .concatMap(age -> hits.at(age, List.of(article))
                                .map(found -> Map.entry(age, found.getOrDefault(article.articleId(), 0L))))
                        .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    private static Point point(Age age, @Nullable Long hits, @Nullable Median median) {
        return new Point(
                age.label(), hits, median == null ? null : median.hits(), median == null ? 0 : median.articles());
    }
}
