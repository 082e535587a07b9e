package broadsheet.stats.reconciliation;

import broadsheet.stats.history.CountedDays;
import com.fasterxml.jackson.annotation.JsonIgnore;
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
 * @param bots all views of robots and programs by projection; null as {@code hits} is
 * @param doubleClicks all double clicks by projection; null as {@code hits} is
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
        @Nullable BotsByProjection bots,
        @Nullable DoubleClicksByProjection doubleClicks,
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
    record HitsByProjection(long totals, long days, long ledger) {

        boolean agree() {
            return totals == days && days == ledger;
        }
    }

    /** All views of robots and programs. */
    record BotsByProjection(long totals, long days, long ledger) {

        boolean agree() {
            return totals == days && days == ledger;
        }
    }

    record DoubleClicksByProjection(long days, long ledger) {

        boolean agree() {
            return days == ledger;
        }
    }

    /** The sums over all articles and hours. */
    record Sums(HitsByProjection hits, BotsByProjection bots, DoubleClicksByProjection doubleClicks) {

        boolean agree() {
            return hits.agree() && bots.agree() && doubleClicks.agree();
        }
    }

    /**
     * An article whose projections were complete up to the same places and yet differ.
     *
     * @param totals hits, as are {@code days} and {@code minutes}
     * @param minutes of all its days, and quarters of an hour
     * @param bots views of robots and programs by its total
     * @param dailyBots the same by its days
     */
    record Difference(String articleId, long totals, long days, long minutes, long bots, long dailyBots) {

        static Difference of(long totals, long bots, CountedDays days) {
            return new Difference(
                    days.articleId(),
                    totals,
                    days.hits().sum(),
                    days.timed().sum(),
                    bots,
                    days.bots().sum());
        }

        @JsonIgnore
        boolean isNone() {
            return totals == days && days == minutes && bots == dailyBots;
        }
    }

    /** What was found of some of the articles. */
    record Findings(long articles, List<Difference> differences, long unsettled) {}

    static Reconciliation begun(String id, Instant now) {
        return new Reconciliation(id, State.RUNNING, now, null, 0, 0, null, null, null, List.of(), 0, null);
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
                bots,
                doubleClicks,
                Stream.concat(differences.stream(), found.differences().stream())
                        .limit(MAX_DIFFERENCES)
                        .toList(),
                differing + found.differences().size(),
                error);
    }

    /** @param sums empty where they are unsettled */
    Reconciliation finished(Optional<Sums> sums, Instant now) {
        return new Reconciliation(
                id,
                State.FINISHED,
                startedAt,
                now,
                articles,
                unsettled + (sums.isEmpty() ? 1 : 0),
                sums.map(Sums::hits).orElse(null),
                sums.map(Sums::bots).orElse(null),
                sums.map(Sums::doubleClicks).orElse(null),
                differences,
                differing + (sums.map(Sums::agree).orElse(true) ? 0 : 1),
                error);
    }

    /** How many of the articles were settled, once it is finished. */
    long settled() {
        return articles - unsettled + (hits == null ? 1 : 0);
    }

    /** The sums that are settled, as a line. */
    String sums() {
        return hits == null ? "the sums could not be told" : hits + " " + bots + " " + doubleClicks;
    }

    Reconciliation failed(String why, Instant now) {
        return new Reconciliation(
                id,
                State.FAILED,
                startedAt,
                now,
                articles,
                unsettled,
                hits,
                bots,
                doubleClicks,
                differences,
                differing,
                why);
    }
}
