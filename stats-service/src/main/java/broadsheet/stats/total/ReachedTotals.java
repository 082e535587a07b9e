package broadsheet.stats.total;

import broadsheet.stats.milestone.Milestone;
import broadsheet.stats.milestone.MilestoneProperties;
import broadsheet.stats.milestone.MilestoneSender;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Tells of totals that have reached a threshold. A total is no longer unsent only after that, so none is missed; one that was
 * reached long ago, as a store that counts all views anew finds them, is no news.
 */
@Component
class ReachedTotals {

    private final MilestoneSender milestones;
    private final Duration newsFor;
    private final InstantSource clock;

    ReachedTotals(MilestoneSender milestones, MilestoneProperties properties, InstantSource clock) {
        this.milestones = milestones;
        this.newsFor = properties.newsFor();
        this.clock = clock;
    }

    Mono<Void> send(List<UnsentTotal> totals) {
        return Mono.defer(
                () -> milestones.send(totals.stream().flatMap(this::reached).toList()));
    }

    private Stream<Milestone> reached(UnsentTotal total) {
        Instant now = clock.instant();
        return total.reached().entrySet().stream()
                .filter(reached -> reached.getValue().isAfter(now.minus(newsFor)))
                .map(reached -> Milestone.hitsReached(total.articleId(), reached.getKey(), total.hits(), now));
    }
}
