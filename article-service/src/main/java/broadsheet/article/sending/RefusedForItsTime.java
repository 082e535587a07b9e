package broadsheet.article.sending;

import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.InvalidTimestampException;

/**
 * Which errors say that Kafka takes no record of that time, by default one more than an hour ahead of its own clock. Such
 * a record is surely not in Kafka, and its partition is sound.
 */
final class RefusedForItsTime {

    private RefusedForItsTime() {}

    /** Several such records in one batch get the second error; of a record as views are, nothing else does. */
    static boolean is(Throwable e) {
        return e instanceof InvalidTimestampException || e instanceof InvalidRecordException;
    }
}
