package broadsheet.stats.history;

import static broadsheet.stats.history.ArticleDays.ARTICLE_ID;
import static broadsheet.stats.history.ArticleDays.HITS;
import static broadsheet.stats.history.ArticleDays.START;
import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Indexes.ascending;
import static com.mongodb.client.model.Projections.exclude;

import broadsheet.stats.generation.ServedCollections;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The days of all articles, a page at a time, so that whoever reads slowly holds no query open. */
@Component
public class ArticleDayPages {

    private final ServedCollections collections;

    public ArticleDayPages(ServedCollections collections) {
        this.collections = collections;
    }

    /** The first day in {@code [from, to)} on which any article was read; empty where there is none. */
    public Mono<Instant> firstDay(Instant from, Instant to) {
        return collections
                .read(
                        ArticleDays.COLLECTION,
                        days -> days.find(and(gte(START, Date.from(from)), lt(START, Date.from(to))))
                                .sort(ascending(START, HITS, ARTICLE_ID))
                                .limit(1))
                .next()
                .map(day -> day.getDate(START).toInstant());
    }

    /**
     * The articles of a day, fewest hits first: one whose hits grow meanwhile moves on to the pages to come, so that it may
     * come twice, and is never missed.
     *
     * @param after the last one that was read before; null at first
     */
    public Mono<List<ArticleDay>> page(Instant day, @Nullable ArticleDay after, int limit) {
        Bson ofDay = eq(START, Date.from(day));
        Bson filter = after == null
                ? ofDay
                : and(ofDay, gte(HITS, after.hits()), or(gt(HITS, after.hits()), gt(ARTICLE_ID, after.articleId())));
        Flux<ArticleDay> found = collections
                .read(
                        ArticleDays.COLLECTION,
                        days -> days.find(filter)
                                .sort(ascending(START, HITS, ARTICLE_ID))
                                .limit(limit)
                                .projection(exclude(DayBreakdown.FIELD)))
                .map(ArticleDay::of);
        return found.collectList();
    }
}
