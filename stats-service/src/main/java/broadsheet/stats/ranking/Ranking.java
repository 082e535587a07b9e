package broadsheet.stats.ranking;

import broadsheet.stats.article.Article;
import broadsheet.stats.article.Articles;
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

/** Articles by hits; one answer is good for a second, however many ask. */
@Component
class Ranking {

    private static final Duration GOOD_FOR = Duration.ofSeconds(1);
    private static final int NAMED_AT_ONCE = 200;
    private static final Comparator<HitsSince.Hits> MOST_FIRST =
            Comparator.comparingLong(HitsSince.Hits::hits).reversed().thenComparing(HitsSince.Hits::articleId);

    private final HitsSince hits;
    private final Articles articles;
    private final InstantSource clock;
    private final Map<Period, Mono<Standing>> standings = new EnumMap<>(Period.class);

    Ranking(HitsSince hits, Articles articles, InstantSource clock) {
        this.hits = hits;
        this.articles = articles;
        this.clock = clock;
        for (Period period : Period.values()) {
            standings.put(period, Mono.defer(() -> standing(period)).cache(GOOD_FOR));
        }
    }

    record Ranked(Article article, long hits) {}

    record Top(List<Ranked> items, Instant asOf) {}

    /** Only what readers may see now, in a section where one is given. */
    Mono<Top> top(Period period, @Nullable String category, int limit) {
        return standings
                .getOrDefault(period, Mono.empty())
                .flatMap(standing -> Flux.fromIterable(standing.hits())
                        .buffer(NAMED_AT_ONCE)
                        .concatMap(hits -> named(hits, category), 1)
                        .take(limit)
                        .collectList()
                        .map(items -> new Top(items, standing.asOf())));
    }

    private Flux<Ranked> named(List<HitsSince.Hits> chunk, @Nullable String category) {
        return articles.findPublic(chunk.stream().map(HitsSince.Hits::articleId).toList(), category)
                .collectMap(Article::articleId)
                .flatMapIterable(known -> chunk.stream()
                        .flatMap(hits -> Stream.ofNullable(known.get(hits.articleId()))
                                .map(article -> new Ranked(article, hits.hits())))
                        .toList());
    }

    private Mono<Standing> standing(Period period) {
        Instant now = clock.instant();
        Flux<HitsSince.Hits> parts = period == Period.EVER ? hits.ever() : hits.parts(period.start(now));
        return parts.collect(
                        Collectors.groupingBy(HitsSince.Hits::articleId, Collectors.summingLong(HitsSince.Hits::hits)))
                .map(sums -> sums.entrySet().stream()
                        .filter(sum -> sum.getValue() > 0)
                        .map(sum -> new HitsSince.Hits(sum.getKey(), sum.getValue()))
                        .sorted(MOST_FIRST)
                        .toList())
                .map(ranked -> new Standing(ranked, now));
    }

    private record Standing(List<HitsSince.Hits> hits, Instant asOf) {}
}
