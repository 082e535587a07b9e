package broadsheet.stats.rollup;

import broadsheet.stats.TimeRange;
import broadsheet.stats.article.ArticleProblems;
import broadsheet.stats.article.ArticleRevisions;
import broadsheet.stats.article.Articles;
import broadsheet.stats.history.ArticleDays;
import broadsheet.stats.position.CountingLag;
import broadsheet.stats.rollup.BreakdownBuilder.Breakdown;
import broadsheet.stats.rollup.BreakdownBuilder.Item;
import broadsheet.stats.rollup.BreakdownBuilder.Others;
import broadsheet.web.paging.Page;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Hits and visitors by where readers came from, what they read with, and what they read. */
@RestController
class BreakdownController {

    private static final Duration DEFAULT_LENGTH = Duration.ofDays(30);
    private static final Duration MAX_LENGTH = Duration.ofDays(3 * 366);

    private final SiteRollups rollups;
    private final SiteBreakdowns breakdowns;
    private final ArticleDays days;
    private final ArticleRevisions revisions;
    private final Articles articles;
    private final CountingLag lag;
    private final InstantSource clock;

    BreakdownController(
            SiteRollups rollups,
            SiteBreakdowns breakdowns,
            ArticleDays days,
            ArticleRevisions revisions,
            Articles articles,
            CountingLag lag,
            InstantSource clock) {
        this.rollups = rollups;
        this.breakdowns = breakdowns;
        this.days = days;
        this.revisions = revisions;
        this.articles = articles;
        this.lag = lag;
        this.clock = clock;
    }

    /**
     * The keys with the most hits.
     *
     * @param items hits, and visitors: distinct ones of each day in UTC, added up; an article with several authors, credits
     *     or tags counts for each, one without any for none
     * @param other what all other keys had together, those included that were too many to be kept
     * @param visitorsEstimated whether days of which only some hits lie in the time count with their share of visitors
     * @param asOf the moment that the numbers are of; those of the whole site are added up every few seconds
     */
    record BreakdownResponse(
            String by,
            Instant from,
            Instant to,
            List<Item> items,
            Others other,
            boolean visitorsEstimated,
            Instant asOf,
            @Nullable Long lagMillis,
            boolean complete) {

        static BreakdownResponse of(
                Dimension by, Instant from, Instant to, Breakdown breakdown, CountingLag.Report counted) {
            return new BreakdownResponse(
                    by.parameter(),
                    from,
                    to,
                    breakdown.items(),
                    breakdown.other(),
                    breakdown.visitorsEstimated(),
                    counted.asOf(),
                    counted.lagMillis(),
                    counted.complete());
        }
    }

    /** Of the whole site or of an article, to the hour; without times the last 30 days. */
    @GetMapping("/api/stats/breakdown")
    Mono<BreakdownResponse> breakdown(
            @RequestParam String by,
            @RequestParam(required = false) @Nullable String article,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to,
            @RequestParam(required = false) @Nullable Integer limit) {
        Dimension dimension = Dimension.of(by);
        Instant end = TimeRange.end(to, clock);
        Instant start = from == null ? end.minus(DEFAULT_LENGTH) : from;
        TimeRange.check(start, end, MAX_LENGTH);
        int most = Page.limit(limit);
        return (article == null ? ofSite(dimension, start, end) : ofArticle(article, dimension, start, end))
                .map(found -> BreakdownResponse.of(
                        dimension, start, end, found.builder().top(most), found.counted()));
    }

    private record Found(BreakdownBuilder builder, CountingLag.Report counted) {}

    private Mono<Found> ofSite(Dimension dimension, Instant from, Instant to) {
        return rollups.current()
                .defaultIfEmpty(new CountingLag.Report(null, false, clock.instant()))
                .flatMap(counted -> breakdowns.find(dimension, from, to).map(builder -> new Found(builder, counted)));
    }

    private Mono<Found> ofArticle(String id, Dimension dimension, Instant from, Instant to) {
        return lag.report()
                .zipWith(revisions.ofArticles(List.of(id)))
                .flatMap(known -> days.findBreakdowns(id, dimension.known(), from, to)
                        .reduceWith(() -> new BreakdownBuilder(from, to), (builder, day) -> {
                            DayKeys.forEach(
                                    dimension, day, known.getT2(), (key, hits) -> builder.add(day.start(), key, hits));
                            return builder;
                        })
                        .map(builder -> new Found(builder, known.getT1())))
                .filterWhen(found -> found.builder().isEmpty() ? isKnown(id) : Mono.just(true))
                .switchIfEmpty(Mono.error(() -> ArticleProblems.unknown(id)));
    }

    private Mono<Boolean> isKnown(String id) {
        return days.has(id)
                .filter(known -> known)
                .switchIfEmpty(articles.find(id).hasElement());
    }
}
