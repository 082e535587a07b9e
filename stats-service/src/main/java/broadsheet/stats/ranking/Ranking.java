package broadsheet.stats.ranking;

import broadsheet.stats.HitCount;
import broadsheet.stats.article.Article;
import broadsheet.stats.article.Articles;
import broadsheet.stats.total.ArticleTotals;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Ranks articles by hits. The hits of a period are summed once a second at most, however many callers ask. */
@Component
class Ranking {

    private static final Duration CACHED_FOR = Duration.ofSeconds(1);
    private static final int LOOKUP_SIZE = 200;
    private static final Comparator<HitCount> BY_HITS =
            Comparator.comparingLong(HitCount::hits).reversed().thenComparing(HitCount::articleId);

    private final HitsSince hitsSince;
    private final ArticleTotals totals;
    private final Articles articles;
    private final InstantSource clock;
    private final Map<Period, Mono<SortedHits>> sortedHits = new EnumMap<>(Period.class);

    Ranking(HitsSince hitsSince, ArticleTotals totals, Articles articles, InstantSource clock) {
        this.hitsSince = hitsSince;
        this.totals = totals;
        this.articles = articles;
        this.clock = clock;
        for (Period period : Period.values()) {
            sortedHits.put(period, Mono.defer(() -> sortedHits(period)).cache(CACHED_FOR));
        }
    }

    record RankedArticle(Article article, long hits) {}

    record TopArticles(List<RankedArticle> items, Instant asOf) {}

    /** Only articles that readers may see now; of one category, where one is given. */
    Mono<TopArticles> top(Period period, @Nullable String category, int limit) {
        return sortedHits
                .getOrDefault(period, Mono.empty())
                .flatMap(sorted -> Flux.fromIterable(sorted.hits())
                        .buffer(LOOKUP_SIZE)
                        .concatMap(hits -> withArticles(hits, category), 1)
                        .take(limit)
                        .collectList()
                        .map(items -> new TopArticles(items, sorted.asOf())));
    }

    private Flux<RankedArticle> withArticles(List<HitCount> chunk, @Nullable String category) {
        return articles.findPublic(chunk.stream().map(HitCount::articleId).toList(), category)
                .collectMap(Article::articleId)
                .flatMapIterable(known -> chunk.stream()
                        .flatMap(hits -> Stream.ofNullable(known.get(hits.articleId()))
                                .map(article -> new RankedArticle(article, hits.hits())))
                        .toList());
    }

    private Mono<SortedHits> sortedHits(Period period) {
        Instant now = clock.instant();
        Flux<HitCount> parts = period == Period.EVER ? totals.hits() : hitsSince.parts(period.start(now));
        return parts.collect(Collectors.groupingBy(HitCount::articleId, Collectors.summingLong(HitCount::hits)))
                .map(sums -> sums.entrySet().stream()
                        .filter(sum -> sum.getValue() > 0)
                        .map(sum -> new HitCount(sum.getKey(), sum.getValue()))
                        .sorted(BY_HITS)
                        .toList())
                .map(ranked -> new SortedHits(ranked, now));
    }

    private record SortedHits(List<HitCount> hits, Instant asOf) {}
}
