package broadsheet.stats.history;

import static broadsheet.stats.history.ArticleDays.ARTICLE_ID;
import static broadsheet.stats.history.ArticleDays.HITS;
import static broadsheet.stats.history.ArticleDays.START;
import static com.mongodb.client.model.Accumulators.sum;
import static com.mongodb.client.model.Aggregates.group;
import static com.mongodb.client.model.Aggregates.match;
import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Projections.include;

import broadsheet.stats.HitCount;
import broadsheet.stats.generation.ServedCollections;
import broadsheet.stats.store.MostHitsFirst;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The articles of a day by hits, and the hits of articles since a minute. */
@Component
public class MostReadDays {

    private static final MostHitsFirst ORDER = new MostHitsFirst(HITS, ARTICLE_ID);

    private final ServedCollections collections;

    public MostReadDays(ServedCollections collections) {
        this.collections = collections;
    }

    /**
     * The hits of the articles of a day in UTC, most first.
     *
     * @param after the last one that was read before; null at first
     */
    public Flux<HitCount> page(Instant day, @Nullable HitCount after, int limit) {
        return collections
                .read(
                        ArticleDays.COLLECTION,
                        days -> days.find(and(eq(START, Date.from(day)), ORDER.after(after)))
                                .sort(ORDER.order())
                                .limit(limit)
                                .projection(include(ARTICLE_ID, HITS)))
                .map(stored -> new HitCount(stored.getString(ARTICLE_ID), stored.getLong(HITS)));
    }

    /** The hits of each of these articles from a minute on; those without any are left out. */
    public Mono<Map<String, Long>> hitsSince(Instant minute, Collection<String> articleIds) {
        Instant day = minute.truncatedTo(ChronoUnit.DAYS);
        Flux<HitCount> firstDay = collections
                .read(
                        ArticleDays.COLLECTION,
                        days -> days.find(and(in(ARTICLE_ID, articleIds), eq(START, Date.from(day))))
                                .projection(ArticleDays.HITS_BY_TIME))
                .map(ArticleDay::of)
                .map(first -> new HitCount(first.articleId(), first.hitsFrom(minute)));
        return Flux.concat(firstDay, hitsFrom(day.plus(Duration.ofDays(1)), articleIds))
                .filter(hits -> hits.hits() > 0)
                .collect(HashMap::new, (sums, hits) -> sums.merge(hits.articleId(), hits.hits(), Long::sum));
    }

    private Flux<HitCount> hitsFrom(Instant day, Collection<String> articleIds) {
        return collections
                .read(
                        ArticleDays.COLLECTION,
                        days -> days.aggregate(List.of(
                                match(and(in(ARTICLE_ID, articleIds), gte(START, Date.from(day)))),
                                group("$" + ARTICLE_ID, sum(HITS, "$" + HITS)))))
                .map(sum -> new HitCount(
                        sum.getString("_id"), sum.get(HITS, Number.class).longValue()));
    }

    /**
     * The hits of each of these articles in {@code [from, to)}, by minute or by quarter of an hour, whichever is kept; those
     * without any are left out.
     */
    public Mono<Map<String, NavigableMap<Instant, Long>>> hitsByTime(
            Instant from, Instant to, Collection<String> articleIds) {
        return collections
                .read(
                        ArticleDays.COLLECTION,
                        days -> days.find(and(
                                        in(ARTICLE_ID, articleIds),
                                        gte(START, Date.from(from.truncatedTo(ChronoUnit.DAYS))),
                                        lt(START, Date.from(to))))
                                .projection(ArticleDays.HITS_BY_TIME))
                .map(ArticleDay::of)
                .collect(
                        HashMap::new,
                        (all, day) -> all.computeIfAbsent(day.articleId(), none -> new TreeMap<>())
                                .putAll(day.hitsByTime().subMap(from, to)));
    }

    /**
     * The days of each of these articles from a time of its own on, with the hits by time; days without views are left out.
     *
     * @param end after a start, where an article's days end
     */
    public Flux<ArticleDay> from(Map<String, Instant> starts, UnaryOperator<Instant> end) {
        List<String> ids = starts.entrySet().stream()
                .flatMap(one -> Stream.iterate(
                                one.getValue().truncatedTo(ChronoUnit.DAYS),
                                day -> day.isBefore(end.apply(one.getValue())),
                                day -> day.plus(Duration.ofDays(1)))
                        .map(day -> ArticleDays.documentId(one.getKey(), day)))
                .toList();
        return collections
                .read(ArticleDays.COLLECTION, days -> days.find(in("_id", ids)).projection(ArticleDays.HITS_BY_TIME))
                .map(ArticleDay::of);
    }
}
