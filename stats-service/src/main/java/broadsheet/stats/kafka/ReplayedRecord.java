package broadsheet.stats.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * What a record says that was a dead letter and is sent again.
 *
 * @param partition of the record that could not be read
 * @param offset of it
 */
public record ReplayedRecord(int partition, long offset) {

    /** Names the letter. */
    public static final String LETTER = "ce_deadletter";

    private static final String PLACE = "ce_deadletterof";

    public void addTo(Headers headers) {
        headers.add(PLACE, (partition + " " + offset).getBytes(UTF_8));
    }

    /** Whether the first record stands in the same partition before this one. */
    public boolean standsBefore(ConsumerRecord<?, ?> again) {
        return partition == again.partition() && offset < again.offset();
    }

    /** Empty where the record is no such, or says so in another way; earlier releases added a generation. */
    public static Optional<ReplayedRecord> of(ConsumerRecord<?, ?> record) {
        Header header = record.headers().lastHeader(PLACE);
        if (header == null || header.value() == null) {
            return Optional.empty();
        }
        String[] numbers = new String(header.value(), UTF_8).split(" ", -1);
        try {
            return Optional.of(new ReplayedRecord(Integer.parseInt(numbers[0]), Long.parseLong(numbers[1])));
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }
}
