package broadsheet.store;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoWriteException;

/** Documents that are there already, as the reason of a write that failed. */
public final class DuplicateKeys {

    private DuplicateKeys() {}

    /** Whether a write failed only because documents with its ids are there: its filter did not match them. */
    public static boolean areWhy(Throwable e) {
        if (e instanceof MongoBulkWriteException bulk) {
            return bulk.getWriteConcernError() == null
                    && bulk.getWriteErrors().stream()
                            .allMatch(error -> error.getCategory() == ErrorCategory.DUPLICATE_KEY);
        }
        return e instanceof MongoWriteException write && write.getError().getCategory() == ErrorCategory.DUPLICATE_KEY;
    }
}
