package broadsheet.stats.imports;

import broadsheet.stats.imports.ImportTally.LineError;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;

/**
 * What an import brought.
 *
 * @param id chosen by whoever imports: the same file with the same id changes nothing
 * @param views those of all articles together
 * @param refused lines that were left out
 * @param errors of the first hundred refused lines
 */
record Import(
        String id,
        State state,
        boolean dryRun,
        Instant createdAt,
        String by,
        long lines,
        long articles,
        long views,
        long refused,
        List<LineError> errors,
        @JsonIgnore String digest) {

    Import {
        errors = List.copyOf(errors);
    }

    Import in(State other) {
        return new Import(id, other, dryRun, createdAt, by, lines, articles, views, refused, errors, digest);
    }

    enum State {
        /** Not all of it is stored: the same call again goes on. */
        @JsonProperty("storing")
        STORING,
        @JsonProperty("done")
        DONE,
        /** Not all of it is removed: the same call again goes on. */
        @JsonProperty("removing")
        REMOVING,
        /** A dry run: nothing was stored. */
        @JsonProperty("checked")
        CHECKED
    }
}
