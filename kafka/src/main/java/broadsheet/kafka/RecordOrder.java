package broadsheet.kafka;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Puts records of several partitions into one order. */
public final class RecordOrder {

    private RecordOrder() {}

    /** In the order of their timestamps, as far as that leaves each partition in its own order. */
    public static <K, V> List<ConsumerRecord<K, V>> byTime(Iterable<ConsumerRecord<K, V>> records) {
        var latest = new HashMap<Integer, Long>();
        var ordered = new TreeMap<Long, List<ConsumerRecord<K, V>>>();
        for (var record : records) {
            long time = latest.merge(record.partition(), record.timestamp(), Math::max);
            ordered.computeIfAbsent(time, at -> new ArrayList<>()).add(record);
        }
        return ordered.values().stream().flatMap(List::stream).toList();
    }
}
