package broadsheet.stats.kafka;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A record that can never be read, and why. */
public record UnreadableRecord(ConsumerRecord<String, byte[]> record, String reason) {

    public static UnreadableRecord of(ConsumerRecord<String, byte[]> record, Exception reason) {
        return new UnreadableRecord(record, String.valueOf(reason.getMessage()));
    }
}
