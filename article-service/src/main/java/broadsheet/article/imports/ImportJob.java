package broadsheet.article.imports;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A file to import, and how far that has come.
 *
 * @param by the username of whoever sent it
 * @param total how many articles are in it; null until they are counted
 * @param failure why it ended before its end; null unless it failed
 * @param holder the run that works on it until {@code heldUntil}; then any instance may go on
 * @param attempts how often it was begun or gone on with since it last got further
 */
@Document("imports")
record ImportJob(
        @Id String id,
        State state,
        ImportOptions options,
        String by,
        long size,
        @Nullable Long total,
        ImportCounts counts,
        Instant created,
        @Nullable Instant finished,
        @Nullable String failure,
        @Nullable String holder,
        @Nullable Instant heldUntil,
        int attempts) {

    enum State {
        /** Its file is on its way. */
        @JsonProperty("receiving")
        RECEIVING,
        @JsonProperty("waiting")
        WAITING,
        @JsonProperty("running")
        RUNNING,
        @JsonProperty("done")
        DONE,
        /** What was imported before stays. */
        @JsonProperty("failed")
        FAILED,
        @JsonProperty("cancelled")
        CANCELLED
    }

    static ImportJob receiving(String id, ImportOptions options, String by, Instant now) {
        return new ImportJob(
                id, State.RECEIVING, options, by, 0, null, ImportCounts.NONE, now, null, null, null, null, 0);
    }
}
