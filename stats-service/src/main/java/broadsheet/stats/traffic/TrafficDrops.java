package broadsheet.stats.traffic;

import broadsheet.stats.HitCount;
import broadsheet.stats.article.Article;
import broadsheet.stats.article.Articles;
import broadsheet.stats.history.MostReadDays;
import broadsheet.stats.milestone.Milestone;
import broadsheet.stats.milestone.MilestoneSender;
import broadsheet.stats.position.CountingLag;
import broadsheet.stats.total.ShownHits;
import broadsheet.store.PeriodicWork;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Looks each minute whether one of the most read articles of the day is all at once hardly read any more; at most once a day
 * for an article. Nothing is looked for while views wait to be counted: their lack would look the same.
 */
@Component
class TrafficDrops extends PeriodicWork {

    private static final Duration LOOKED_EVERY = Duration.ofMinutes(1);
    private static final int ARTICLES = 200;

    private final MostReadDays days;
    private final Articles articles;
    private final ShownHits shown;
    private final CountingLag lag;
    private final MilestoneSender milestones;
    private final InstantSource clock;

    TrafficDrops(
            MostReadDays days,
            Articles articles,
            ShownHits shown,
            CountingLag lag,
            MilestoneSender milestones,
            InstantSource clock) {
        super(LOOKED_EVERY, LOOKED_EVERY);
        this.days = days;
        this.articles = articles;
        this.shown = shown;
        this.lag = lag;
        this.milestones = milestones;
        this.clock = clock;
    }

    @Override
    protected Mono<Void> run() {
        return lag.report().filter(CountingLag.Report::complete).flatMap(counted -> look());
    }

    /** Completes once what was noticed is stored. */
    Mono<Void> look() {
        Instant now = clock.instant();
        Instant end = now.truncatedTo(ChronoUnit.MINUTES);
        Instant start = end.minus(QuarterHours.LENGTH);
        return mostRead(start, end)
                .flatMap(ids -> days.hitsByTime(start, end, ids))
                .map(hits -> dropped(hits, end))
                .filter(dropped -> !dropped.isEmpty())
                .flatMap(this::onlyPublic)
                .flatMap(shown::of)
                .flatMap(hits -> milestones.send(hits.entrySet().stream()
                        .map(article -> Milestone.trafficDropped(article.getKey(), article.getValue(), now))
                        .toList()));
    }

    /** Of the day, and just after midnight of the one before. */
    private Mono<List<String>> mostRead(Instant start, Instant end) {
        return Flux.just(start, end)
                .map(time -> time.truncatedTo(ChronoUnit.DAYS))
                .distinct()
                .concatMap(day -> days.page(day, null, ARTICLES))
                .map(HitCount::articleId)
                .distinct()
                .collectList();
    }

    private static List<String> dropped(Map<String, NavigableMap<Instant, Long>> hits, Instant end) {
        Map<String, QuarterHours> quarters = hits.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, one -> QuarterHours.until(end, one.getValue())));
        QuarterHours all = QuarterHours.sum(quarters.values());
        return quarters.entrySet().stream()
                .filter(article -> article.getValue().isSuddenDrop(all))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** One that was withdrawn is not read any more, and nobody wonders. */
    private Mono<List<String>> onlyPublic(Collection<String> articleIds) {
        return articles.findPublic(articleIds, null).map(Article::articleId).collectList();
    }
}
