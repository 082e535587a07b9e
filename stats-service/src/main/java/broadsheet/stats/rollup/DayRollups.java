package broadsheet.stats.rollup;

import broadsheet.stats.article.ArticleRevisions;
import broadsheet.stats.history.ArticleDay;
import broadsheet.stats.history.ArticleDays;
import broadsheet.stats.history.SiteDays;
import broadsheet.stats.history.SiteDays.CountedTo;
import broadsheet.stats.position.PartitionPosition;
import broadsheet.stats.position.PartitionPositions;
import broadsheet.stats.position.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Adds up the days that changed since they were added up last.
 *
 * <p>A partition's position is stored after every projection has counted what lies before it. So what is read after the
 * positions has counted everything before them, and a day is added up again where one of its documents of {@link SiteDays},
 * which every view of the day changes, has counted beyond the positions that were read before; and where a version that was
 * read became known since.
 */
@Component
class DayRollups {

    private static final int ARTICLES_AT_ONCE = 50;

    /** So that the newest, which go on changing, need not wait for years of others. */
    private static final int DAYS_AT_ONCE = 30;

    private final ArticleDays days;
    private final SiteDays siteDays;
    private final ArticleRevisions revisions;
    private final PartitionPositions positions;
    private final StoredRollups rollups;
    private final UnknownRevisions unknown;

    DayRollups(
            ArticleDays days,
            SiteDays siteDays,
            ArticleRevisions revisions,
            PartitionPositions positions,
            StoredRollups rollups,
            UnknownRevisions unknown) {
        this.days = days;
        this.siteDays = siteDays;
        this.revisions = revisions;
        this.positions = positions;
        this.rollups = rollups;
        this.unknown = unknown;
    }

    /**
     * Adds up the days of a generation that lie in {@code [from, to)} and have changed, the newest first.
     *
     * @return whether these were all; at most {@value #DAYS_AT_ONCE} at once
     */
    Mono<Boolean> refresh(int generation, Instant from, Instant to) {
        return changed(generation, from, to)
                .flatMap(days -> Flux.fromIterable(days)
                        .take(DAYS_AT_ONCE)
                        .concatMapDelayError(day -> refresh(generation, day))
                        .then(Mono.just(days.size() <= DAYS_AT_ONCE)));
    }

    private Mono<Set<Instant>> changed(int generation, Instant from, Instant to) {
        return Mono.zip(countedOn(generation, from, to), unknown.knownByNow(generation, from, to))
                .map(days -> {
                    Set<Instant> newestFirst = new TreeSet<>(Comparator.<Instant>reverseOrder());
                    newestFirst.addAll(days.getT1());
                    newestFirst.addAll(days.getT2());
                    return newestFirst;
                });
    }

    private Mono<Set<Instant>> countedOn(int generation, Instant from, Instant to) {
        return rollups.countedTo(generation, from, to)
                .flatMap(rolledUp -> Flux.concat(
                                siteDays.countedTo(generation, from, to), days.erasedTo(generation, from, to))
                        .filter(counted -> isBeyond(counted, rolledUp.getOrDefault(counted.day(), Map.of())))
                        .map(CountedTo::day)
                        .collect(Collectors.toSet()));
    }

    private static boolean isBeyond(CountedTo counted, Map<String, Place> rolledUp) {
        return counted.places().entrySet().stream().anyMatch(last -> {
            Place next = rolledUp.get(last.getKey());
            return next == null || !next.isAfter(last.getValue());
        });
    }

    private Mono<Void> refresh(int generation, Instant day) {
        return counted(generation, day)
                .flatMap(counted -> rollup(generation, day)
                        .flatMap(rollup -> rollup.visitors().areSketches()
                                ? Mono.just(rollup)
                                : rollups.knownVisitors(generation, day).map(rollup::withVisitors))
                        .flatMap(rollup -> unknown.store(generation, day, rollup.unknownRevisions())
                                .then(rollups.store(generation, day, rollup, counted))));
    }

    private Mono<Map<String, PartitionPosition>> counted(int generation, Instant day) {
        return Mono.zip(
                positions.of(generation).all(),
                days.erasedTo(generation, day, day.plus(Duration.ofDays(1))).collectList(),
                (positions, erased) -> {
                    Map<String, PartitionPosition> counted = new HashMap<>(positions);
                    erased.forEach(together -> together.places()
                            .forEach((name, last) -> counted.put(
                                    name,
                                    new PartitionPosition(
                                            name, new Place(last.epoch(), last.offset() + 1), Instant.EPOCH))));
                    return counted;
                });
    }

    private Mono<DayRollup> rollup(int generation, Instant day) {
        return siteDays.counts(generation, day)
                .flatMap(counts -> days.startingAt(day, generation)
                        .buffer(ARTICLES_AT_ONCE)
                        .concatMap(
                                articles ->
                                        revisions.ofArticles(ids(articles)).map(known -> new Articles(articles, known)),
                                1)
                        .reduceWith(() -> new DayRollup(counts), (rollup, articles) -> {
                            articles.days.forEach(article -> rollup.add(article, articles.revisions));
                            return rollup;
                        }));
    }

    private record Articles(List<ArticleDay> days, Map<String, ArticleRevisions.Revision> revisions) {}

    private static List<String> ids(List<ArticleDay> days) {
        return days.stream().map(ArticleDay::articleId).toList();
    }
}
