package broadsheet.stats.generation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A generation of all projections that an operator asked for.
 *
 * @param servedAt null while it is counted beside what is served
 * @param hitsBefore all hits of the generation that it replaced, when it did; null while it is counted
 * @param hitsAfter all of its own
 */
public record Restatement(
        Generation generation,
        String askedBy,
        Instant beganAt,
        @Nullable Instant servedAt,
        @Nullable Long hitsBefore,
        @Nullable Long hitsAfter) {}
