package broadsheet.stats.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
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

    /** All that could not be read of its event, the first one first; none where the record is no such. */
    public static List<ReplayedRecord> all(ConsumerRecord<?, ?> record) {
        List<ReplayedRecord> all = new ArrayList<>();
        record.headers().headers(PLACE).forEach(header -> of(header).ifPresent(all::add));
        return all;
    }

    /** Empty where it says so in another way; earlier releases added a generation. */
    private static Optional<ReplayedRecord> of(Header header) {
        if (header.value() == null) {
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
