package broadsheet.stats.reconciliation;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * What a comparison of the projections found.
 *
 * @param id the day of a nightly one, such as {@code 2026-11-27}; else the time at which it was asked for
 * @param articles how many articles were compared
 * @param unsettled articles, and one for the sums, that were counted without a pause while they were compared, so that
 *     nothing can be said of them
 * @param hits all hits by projection; null while they are unsettled
 * @param differences the articles whose projections differ, the first {@value #MAX_DIFFERENCES} of them
 * @param differing how many articles differ, and one more where the sums do
 * @param error why it ended early
 */
@Document(Reconciliations.COLLECTION)
record Reconciliation(
        String id,
        State state,
        Instant startedAt,
        @Nullable Instant finishedAt,
        long articles,
        long unsettled,
        @Nullable HitsByProjection hits,
        List<Difference> differences,
        long differing,
        @Nullable String error) {

    static final int MAX_DIFFERENCES = 100;

    enum State {
        @JsonProperty("running")
        RUNNING,
        @JsonProperty("finished")
        FINISHED,
        @JsonProperty("failed")
        FAILED
    }

    /** All hits, as each projection has them; they are one number where nothing was lost or counted twice. */
    record HitsByProjection(long totals, long hours, long days, long ledger) {

        boolean agree() {
            return totals == hours && hours == days && days == ledger;
        }
    }

    /** An article whose projections were complete up to the same places and yet differ. */
    record Difference(String articleId, long totals, long hours, long days) {}

    /** What was found of some of the articles. */
    record Findings(long articles, List<Difference> differences, long unsettled) {}

    static Reconciliation begun(String id, Instant now) {
        return new Reconciliation(id, State.RUNNING, now, null, 0, 0, null, List.of(), 0, null);
    }

    Reconciliation with(Findings found) {
        return new Reconciliation(
                id,
                state,
                startedAt,
                finishedAt,
                articles + found.articles(),
                unsettled + found.unsettled(),
                hits,
                Stream.concat(differences.stream(), found.differences().stream())
                        .limit(MAX_DIFFERENCES)
                        .toList(),
                differing + found.differences().size(),
                error);
    }

    /** @param sums empty where they are unsettled */
    Reconciliation finished(Optional<HitsByProjection> sums, Instant now) {
        return new Reconciliation(
                id,
                State.FINISHED,
                startedAt,
                now,
                articles,
                unsettled + (sums.isEmpty() ? 1 : 0),
                sums.orElse(null),
                differences,
                differing + (sums.map(HitsByProjection::agree).orElse(true) ? 0 : 1),
                error);
    }

    Reconciliation failed(String why, Instant now) {
        return new Reconciliation(
                id, State.FAILED, startedAt, now, articles, unsettled, hits, differences, differing, why);
    }
}
