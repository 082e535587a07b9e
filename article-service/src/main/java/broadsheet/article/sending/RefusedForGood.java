package broadsheet.article.sending;

import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;

/** Which errors of Kafka stay the same however often the same record is sent. */
final class RefusedForGood {

    private RefusedForGood() {}

    static boolean is(Throwable e) {
        return e instanceof RecordTooLargeException
                || e instanceof InvalidTopicException
                || e instanceof SerializationException;
    }
}
