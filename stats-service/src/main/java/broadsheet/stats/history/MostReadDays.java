package broadsheet.stats.history;

import static broadsheet.stats.history.HitBuckets.ARTICLE_ID;
import static broadsheet.stats.history.HitBuckets.HITS;
import static broadsheet.stats.history.HitBuckets.START;
import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Projections.include;

import broadsheet.stats.HitCount;
import broadsheet.stats.generation.ServedCollections;
import broadsheet.stats.store.MostHitsFirst;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.bson.Document;
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
        Instant nextDay = minute.truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(1));
        Flux<HitCount> firstDay = collections
                .read(
                        ArticleHours.COLLECTION,
                        hours -> hours.find(and(
                                        in(ARTICLE_ID, articleIds),
                                        HitBuckets.startsIn(minute.truncatedTo(ChronoUnit.HOURS), nextDay)))
                                .projection(include(ARTICLE_ID, START, HITS, ArticleHours.MINUTES)))
                .map(hour -> new HitCount(hour.getString(ARTICLE_ID), since(minute, hour)));
        Flux<HitCount> laterDays = HitBuckets.sumByArticle(
                collections, ArticleDays.COLLECTION, and(in(ARTICLE_ID, articleIds), gte(START, Date.from(nextDay))));
        return Flux.concat(firstDay, laterDays)
                .filter(hits -> hits.hits() > 0)
                .collect(HashMap::new, (sums, hits) -> sums.merge(hits.articleId(), hits.hits(), Long::sum));
    }

    private static long since(Instant minute, Document hour) {
        if (!hour.getDate(START).toInstant().isBefore(minute)) {
            return hour.getLong(HITS);
        }
        int first = minute.atOffset(ZoneOffset.UTC).getMinute();
        return hour.get(ArticleHours.MINUTES, Document.class).entrySet().stream()
                .filter(entry -> Integer.parseInt(entry.getKey()) >= first)
                .mapToLong(entry -> ((Number) entry.getValue()).longValue())
                .sum();
    }

    /** The hits of each of these articles by minute in {@code [from, to)}; those without any are left out. */
    public Mono<Map<String, NavigableMap<Instant, Long>>> hitsByTime(
            Instant from, Instant to, Collection<String> articleIds) {
        return collections
                .read(
                        ArticleHours.COLLECTION,
                        hours -> hours.find(and(
                                        in(ARTICLE_ID, articleIds),
                                        HitBuckets.startsIn(from.truncatedTo(ChronoUnit.HOURS), to)))
                                .projection(include(ARTICLE_ID, START, ArticleHours.MINUTES)))
                .collect(HashMap::new, (all, hour) -> {
                    Instant start = hour.getDate(START).toInstant();
                    NavigableMap<Instant, Long> hits =
                            all.computeIfAbsent(hour.getString(ARTICLE_ID), none -> new TreeMap<>());
                    hour.get(ArticleHours.MINUTES, Document.class)
                            .forEach((minute, count) -> hits.put(
                                    start.plus(Duration.ofMinutes(Long.parseLong(minute))),
                                    ((Number) count).longValue()));
                });
    }
}
