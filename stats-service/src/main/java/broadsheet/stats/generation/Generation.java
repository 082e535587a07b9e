package broadsheet.stats.generation;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One count of all views that Kafka has: documents and positions of its own, beside the others.
 *
 * @param number 1 is the first
 * @param rulesets the versions of the rules that it was counted by: a release with other rules goes on by those
 * @param keptRuleset the version that it stays with instead, also in a later release that knows it; null for most
 * @param projections the names of the projections that it fills
 * @param from the day from which on it counts views itself; of those before it has what the one that was served then had
 *     made of them; null where it counts all
 * @param since of views that were received before, some or all were no longer in Kafka when it began; null where Kafka had
 *     every view
 */
public record Generation(
        int number,
        List<String> rulesets,
        @Nullable String keptRuleset,
        Set<String> projections,
        @Nullable Instant from,
        @Nullable Instant since) {

    public static final int FIRST = 1;

    /** The collection that holds this generation of a projection. */
    public String collection(String projection) {
        return numbered(projection, number);
    }

    /** The name of what belongs to a generation; earlier releases knew one, whose collections have no number. */
    public static String numbered(String name, int number) {
        return number == FIRST ? name : name + "_" + number;
    }

    public boolean fills(String projection) {
        return projections.contains(projection);
    }
}
