package broadsheet.stats.ranking;

import broadsheet.stats.HitCount;
import broadsheet.stats.history.MostReadDays;
import broadsheet.stats.total.ArticleTotals;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What a ranking sums up: lists of articles, each by hits, and the sum for any article, which is never more than its hits in
 * all lists together.
 *
 * @param sums the sums of these articles; those without hits are left out
 */
record HitLists(List<HitList> lists, Function<Collection<String>, Mono<Map<String, Long>>> sums) {

    /** Articles by hits, most first. */
    interface HitList {

        /** The next ones; fewer than the limit at the end alone. */
        Flux<HitCount> page(@Nullable HitCount after, int limit);
    }

    /** A list for each day in UTC that lies in the time from a minute to now, or partly. */
    static HitLists since(Instant minute, Instant now, MostReadDays days) {
        Instant first = minute.truncatedTo(ChronoUnit.DAYS);
        Instant tomorrow =
                now.truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(1)); // the clocks of others may be ahead
        List<HitList> lists = Stream.iterate(first, day -> !day.isAfter(tomorrow), day -> day.plus(Duration.ofDays(1)))
                .<HitList>map(day -> (after, limit) -> days.page(day, after, limit))
                .toList();
        return new HitLists(lists, articles -> days.hitsSince(minute, articles));
    }

    static HitLists ofAllTime(ArticleTotals totals) {
        return new HitLists(List.of(totals::mostRead), totals::hits);
    }
}
