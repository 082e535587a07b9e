package broadsheet.stats.ranking;

import broadsheet.stats.article.Articles;
import broadsheet.stats.ranking.CategoryMedians.Median;
import broadsheet.store.PeriodicWork;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Finds out how much the articles of each category are read by an age: the median of the 100 newest that are so old. On the
 * instance that makes the rankings.
 */
@Component
class CategoryMedianJob extends PeriodicWork {

    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final Duration EVERY = Duration.ofMinutes(5);
    private static final int ARTICLES = 100;

    private final RankingLease lease;
    private final Articles articles;
    private final HitsByAge hits;
    private final CategoryMedians medians;
    private final InstantSource clock;

    CategoryMedianJob(
            RankingLease lease, Articles articles, HitsByAge hits, CategoryMedians medians, InstantSource clock) {
        super(FIRST, EVERY);
        this.lease = lease;
        this.articles = articles;
        this.hits = hits;
        this.medians = medians;
        this.clock = clock;
    }

    @Override
    protected Mono<Void> run() {
        return lease.isHeld().filter(held -> held).flatMap(held -> make());
    }

    Mono<Void> make() {
        return articles.categories()
                .collectList()
                .flatMapMany(Flux::fromIterable)
                .concatMap(this::make)
                .then();
    }

    private Mono<Void> make(String category) {
        return Flux.just(Age.values())
                .concatMap(age -> median(category, age).map(median -> Map.entry(age, median)))
                .collect(() -> new EnumMap<Age, Median>(Age.class), (all, one) -> all.put(one.getKey(), one.getValue()))
                .flatMap(all -> medians.store(category, all));
    }

    private Mono<Median> median(String category, Age age) {
        return articles.published(category, age.before(clock.instant()), ARTICLES)
                .collectList()
                .filter(newest -> !newest.isEmpty())
                .flatMap(newest -> hits.at(age, newest))
                .map(found -> new Median(Medians.of(found.values()), found.size()));
    }
}
