package broadsheet.stats.restatement;

import broadsheet.stats.generation.Restatement;
import broadsheet.stats.generation.Restatement.Changes;
import broadsheet.stats.generation.Restatement.State;
import broadsheet.stats.generation.Restatement.Step;
import broadsheet.stats.position.CountingLag.Progress;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A restatement.
 *
 * @param rules the versions of the rules that it was counted by; several where a release with others went on
 * @param from views on days before are as they were counted before; null where all are counted again
 * @param since the views received before were no longer in Kafka, or not all; null where none was missing
 * @param steps what became of it, by whom and when; the last is its state
 * @param progress null once it is served, and while Kafka does not answer
 * @param changes what serving it changes, as of when it was ready; null before
 * @param reversibleUntil null where it cannot be reversed
 */
record RestatementResponse(
        String id,
        State state,
        List<String> rules,
        @Nullable Instant from,
        @Nullable Instant since,
        List<Step> steps,
        @Nullable Progress progress,
        @Nullable Changes changes,
        @Nullable Instant reversibleUntil) {

    static RestatementResponse of(Restatement one, @Nullable Progress progress, @Nullable Instant reversibleUntil) {
        return new RestatementResponse(
                Integer.toString(one.number()),
                one.state(),
                one.generation().rulesets(),
                one.generation().from(),
                one.generation().since(),
                one.steps(),
                progress,
                one.changes(),
                reversibleUntil);
    }
}
