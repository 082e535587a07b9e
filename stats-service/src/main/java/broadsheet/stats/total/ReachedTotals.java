package broadsheet.stats.total;

import broadsheet.stats.milestone.Milestone;
import broadsheet.stats.milestone.MilestoneProperties;
import broadsheet.stats.milestone.MilestoneSender;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
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

    /** @param imported hits that are added to the totals, by article; what they alone reach is no news */
    Mono<Void> send(List<UnsentTotal> totals, Map<String, Long> imported) {
        return Mono.defer(() -> milestones.send(totals.stream()
                .flatMap(total -> reached(total, imported.getOrDefault(total.articleId(), 0L)))
                .toList()));
    }

    private Stream<Milestone> reached(UnsentTotal total, long imported) {
        Instant now = clock.instant();
        return total.reached().entrySet().stream()
                .filter(reached -> reached.getValue().isAfter(now.minus(newsFor)))
                .filter(reached -> reached.getKey() > imported)
                .map(reached ->
                        Milestone.hitsReached(total.articleId(), reached.getKey(), total.hits() + imported, now));
    }
}
