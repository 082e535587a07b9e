package broadsheet.stats.traffic;

import broadsheet.stats.milestone.Milestone;
import broadsheet.stats.milestone.MilestoneProperties;
import broadsheet.stats.milestone.MilestoneSender;
import broadsheet.stats.position.CountingLag;
import broadsheet.stats.ranking.Trending;
import broadsheet.stats.ranking.Trending.TrendingArticle;
import broadsheet.stats.total.ShownHits;
import broadsheet.store.PeriodicWork;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Alerts of articles that are trending, at most once a day for an article: fewer than are listed as such, since an alert
 * disturbs. What was made of numbers that are behind is left out, as a store that counts anew would let all articles rise.
 */
@Component
class TrendingAlerts extends PeriodicWork {

    private static final Duration LOOKED_EVERY = Duration.ofSeconds(30);
    private static final Duration NEW = Duration.ofMinutes(5);
    private static final double MIN_SCORE = 4;

    private final Trending trending;
    private final ShownHits shown;
    private final MilestoneSender milestones;
    private final int minHits;
    private final InstantSource clock;

    TrendingAlerts(
            Trending trending,
            ShownHits shown,
            MilestoneSender milestones,
            MilestoneProperties properties,
            InstantSource clock) {
        super(LOOKED_EVERY, LOOKED_EVERY);
        this.trending = trending;
        this.shown = shown;
        this.milestones = milestones;
        this.minHits = properties.trendingHits();
        this.clock = clock;
    }

    @Override
    protected Mono<Void> run() {
        Instant now = clock.instant();
        return trending.now()
                .filter(found -> isCurrent(found.counted(), now))
                .map(found -> found.articles().stream()
                        .filter(one -> one.hits() >= minHits && one.score() >= MIN_SCORE)
                        .toList())
                .filter(found -> !found.isEmpty())
                .flatMap(found -> send(found, now));
    }

    static boolean isCurrent(CountingLag.Report counted, Instant now) {
        return counted.complete() && counted.asOf().isAfter(now.minus(NEW));
    }

    private Mono<Void> send(List<TrendingArticle> found, Instant now) {
        return shown.of(found.stream().map(one -> one.article().articleId()).toList())
                .flatMap(hits -> milestones.send(hits.entrySet().stream()
                        .map(article -> Milestone.trending(article.getKey(), article.getValue(), now))
                        .toList()));
    }
}
