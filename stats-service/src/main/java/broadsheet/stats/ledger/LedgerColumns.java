package broadsheet.stats.ledger;

import broadsheet.stats.classification.Classification;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * The records received and how they were classified: {@code received} is counted by itself and always the sum of the others.
 *
 * @param counted hits
 * @param bots opened by what says that it is a robot
 * @param automated opened by other programs
 * @param doubleClicks opened again by the same visitor just after
 * @param duplicates the same event again
 * @param late hits that happened so long before they were received that they count in the hour in which they were received
 * @param invalid in the future, or no view
 * @param deadLettered could not be read; kept in the dead-letter topic
 * @param forgotten no part of the sum: of those received, how many came while more views were to be remembered than can
 *     be, so that a duplicate or a double click may be among the hits
 * @param lost not received, so no part of the sum: what Kafka deleted before it was counted, in the hour of the last record
 *     counted before it
 */
record LedgerColumns(
        long received,
        long counted,
        long bots,
        long automated,
        long doubleClicks,
        long duplicates,
        long late,
        long invalid,
        long deadLettered,
        long forgotten,
        long lost) {

    static final LedgerColumns NOTHING = of(0, 0, column -> 0);

    static LedgerColumns of(long received, long forgotten, ToLongFunction<Classification> column) {
        return new LedgerColumns(
                received,
                column.applyAsLong(Classification.COUNTED),
                column.applyAsLong(Classification.BOT),
                column.applyAsLong(Classification.AUTOMATED),
                column.applyAsLong(Classification.DOUBLE_CLICK),
                column.applyAsLong(Classification.DUPLICATE),
                column.applyAsLong(Classification.LATE),
                column.applyAsLong(Classification.INVALID),
                column.applyAsLong(Classification.DEAD_LETTERED),
                forgotten,
                0);
    }

    LedgerColumns withLost(long records) {
        return new LedgerColumns(
                received,
                counted,
                bots,
                automated,
                doubleClicks,
                duplicates,
                late,
                invalid,
                deadLettered,
                forgotten,
                records);
    }

    static LedgerColumns sum(List<LedgerHour> hours) {
        return new LedgerColumns(
                sum(hours, LedgerColumns::received),
                sum(hours, LedgerColumns::counted),
                sum(hours, LedgerColumns::bots),
                sum(hours, LedgerColumns::automated),
                sum(hours, LedgerColumns::doubleClicks),
                sum(hours, LedgerColumns::duplicates),
                sum(hours, LedgerColumns::late),
                sum(hours, LedgerColumns::invalid),
                sum(hours, LedgerColumns::deadLettered),
                sum(hours, LedgerColumns::forgotten),
                sum(hours, LedgerColumns::lost));
    }

    private static long sum(List<LedgerHour> hours, ToLongFunction<LedgerColumns> column) {
        return hours.stream().map(LedgerHour::columns).mapToLong(column).sum();
    }
}
