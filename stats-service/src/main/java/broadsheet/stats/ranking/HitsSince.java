package broadsheet.stats.ranking;

import static java.time.ZoneOffset.UTC;

import broadsheet.stats.HitCount;
import broadsheet.stats.history.ArticleDays;
import broadsheet.stats.history.ArticleHours;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;

/** Hits of every article since a minute: from the minutes of its hour, the hours of its day, and the days after. */
@Component
class HitsSince {

    private final ArticleHours hours;
    private final ArticleDays days;

    HitsSince(ArticleHours hours, ArticleDays days) {
        this.hours = hours;
        this.days = days;
    }

    /** An article may come more than once, with parts of its hits. */
    Flux<HitCount> parts(Instant start) {
        Instant hour = start.truncatedTo(ChronoUnit.HOURS);
        Instant nextHour = hour.plus(Duration.ofHours(1));
        Instant nextDay = nextHour.equals(nextHour.truncatedTo(ChronoUnit.DAYS))
                ? nextHour
                : nextHour.truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(1));
        return Flux.merge(
                hours.hitsFromMinute(hour, start.atOffset(UTC).getMinute()),
                hours.hits(nextHour, nextDay),
                days.hitsFrom(nextDay));
    }
}
