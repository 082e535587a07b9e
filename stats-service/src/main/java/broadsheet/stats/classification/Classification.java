package broadsheet.stats.classification;

import java.util.Arrays;
import java.util.Optional;

/** What a record of the views is: exactly one of these, each a column of the ledger. */
public enum Classification {
    /** A hit. */
    COUNTED("counted"),
    /** Opened by what says that it is a robot: a crawler, a preview, a monitor. */
    BOT("bots"),
    /** Opened by a program: by what its agent is, or by how it behaves. */
    AUTOMATED("automated"),
    /** The same visitor had opened the same article just before. */
    DOUBLE_CLICK("doubleClicks"),
    /** The same event again. */
    DUPLICATE("duplicates"),
    /** A hit that happened so long before it was received that it counts in the hour in which it was received. */
    LATE("late"),
    /** An event, but one that cannot be: seen in the future, or no view at all. */
    INVALID("invalid"),
    /** Not an event. */
    DEAD_LETTERED("deadLettered");

    private final String column;

    Classification(String column) {
        this.column = column;
    }

    public String column() {
        return column;
    }

    /** The one with this column; empty where none has it, as after a later release. */
    public static Optional<Classification> ofColumn(String column) {
        return Arrays.stream(values()).filter(one -> one.column.equals(column)).findFirst();
    }

    /** Whether it adds to its article's hits. */
    public boolean isHit() {
        return this == COUNTED || this == LATE;
    }
}
