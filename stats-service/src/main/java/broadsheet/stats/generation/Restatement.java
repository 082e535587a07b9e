package broadsheet.stats.generation;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A generation of all projections that an operator asked for.
 *
 * @param steps what became of it so far, in order; the last is its state
 * @param changes what it changes, as of the time when it was ready; null before
 * @param replaced the number of the generation of each projection that was served before it; empty until it is served
 */
public record Restatement(
        Generation generation, List<Step> steps, @Nullable Changes changes, Map<String, Integer> replaced) {

    /** What a restatement can be; {@link RestatementSteps} has the ways between them. */
    public enum State {
        /** What it keeps of what is served is copied. */
        @JsonProperty("copying")
        COPYING,
        /** Counted beside what is served. */
        @JsonProperty("counting")
        COUNTING,
        /** It has caught up, and what it changes is known. Nothing has changed yet. */
        @JsonProperty("ready")
        READY,
        /** To be served as soon as it has caught up once more. */
        @JsonProperty("approved")
        APPROVED,
        @JsonProperty("served")
        SERVED,
        /** What it replaced catches up, to be served again. */
        @JsonProperty("reversing")
        REVERSING,
        @JsonProperty("reversed")
        REVERSED,
        @JsonProperty("cancelled")
        CANCELLED;

        /** As people are told, and as it is stored. */
        public String told() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(String stored) {
            return valueOf(stored.toUpperCase(Locale.ROOT));
        }

        /** Whether no other restatement may begin. */
        public boolean isUnderWay() {
            return switch (this) {
                case COPYING, COUNTING, READY, APPROVED, REVERSING -> true;
                case SERVED, REVERSED, CANCELLED -> false;
            };
        }
    }

    /**
     * What became of a restatement.
     *
     * @param by null where the service did it itself
     */
    public record Step(State state, Instant at, @Nullable String by) {}

    /**
     * What serving it changes.
     *
     * @param hitsBefore all hits of what is served
     * @param hitsAfter all of its own
     * @param articles so many have other hits than before
     */
    public record Changes(long hitsBefore, long hitsAfter, long articles) {}

    public int number() {
        return generation.number();
    }

    public State state() {
        return steps.get(steps.size() - 1).state();
    }

    /** When it came into a state; null where it did not yet. */
    public @Nullable Instant at(State state) {
        return steps.stream()
                .filter(step -> step.state() == state)
                .map(Step::at)
                .findFirst()
                .orElse(null);
    }
}
