package broadsheet.article.search;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * What the index has taken in, kept with each of its commits: the store up to an id, and the topic up to an offset in
 * each partition.
 *
 * @param scanBegan when the store was begun to be read: of changes before that it is not told once more
 * @param scannedTo the last id that was read from the store; null before the first
 * @param scanned whether the store was read to its end
 * @param complete whether it ever was, so that the index can answer while the store is read once more
 * @param topicId null until Kafka answered
 * @param offsets of the first record of each partition that is not in it
 */
record IndexProgress(
        Instant scanBegan,
        @Nullable String scannedTo,
        boolean scanned,
        boolean complete,
        @Nullable Uuid topicId,
        Map<Integer, Long> offsets) {

    private static final String FORMAT = "1";
    private static final Duration MOST_CLOCK_DIFFERENCE = Duration.ofMinutes(1);
    private static final String OFFSET = "offset-";

    static IndexProgress begun(Instant now) {
        return new IndexProgress(now, null, false, false, null, Map.of());
    }

    /** The store is read once more, while the index answers as it is. */
    IndexProgress anew(Instant now, Uuid topic) {
        return new IndexProgress(now, null, false, complete, topic, Map.of());
    }

    IndexProgress following(Uuid topic) {
        return new IndexProgress(scanBegan, scannedTo, scanned, complete, topic, offsets);
    }

    IndexProgress scannedTo(String id) {
        return new IndexProgress(scanBegan, id, false, complete, topicId, offsets);
    }

    IndexProgress wholeStoreScanned() {
        return new IndexProgress(scanBegan, scannedTo, true, true, topicId, offsets);
    }

    IndexProgress read(int partition, long offset) {
        var further = new HashMap<>(offsets);
        further.put(partition, offset + 1);
        return new IndexProgress(scanBegan, scannedTo, scanned, complete, topicId, Map.copyOf(further));
    }

    /** Whether the change that a record tells of is in the index, or will be once the store has been read. */
    boolean contains(int partition, long offset, Instant time) {
        return offset < offsets.getOrDefault(partition, 0L) || time.isBefore(scanBegan.minus(MOST_CLOCK_DIFFERENCE));
    }

    Map<String, String> toCommit() {
        var data = new HashMap<String, String>();
        data.put("format", FORMAT);
        data.put("scanBegan", scanBegan.toString());
        if (scannedTo != null) {
            data.put("scannedTo", scannedTo);
        }
        data.put("scanned", String.valueOf(scanned));
        data.put("complete", String.valueOf(complete));
        if (topicId != null) {
            data.put("topic", topicId.toString());
        }
        offsets.forEach((partition, offset) -> data.put(OFFSET + partition, offset.toString()));
        return data;
    }

    /** Null where another release wrote it, whose index cannot be gone on with. */
    static @Nullable IndexProgress ofCommit(Map<String, String> data) {
        String began = data.get("scanBegan");
        if (!FORMAT.equals(data.get("format")) || began == null) {
            return null;
        }
        var offsets = new HashMap<Integer, Long>();
        data.forEach((name, value) -> {
            if (name.startsWith(OFFSET)) {
                offsets.put(Integer.valueOf(name.substring(OFFSET.length())), Long.valueOf(value));
            }
        });
        String topic = data.get("topic");
        return new IndexProgress(
                Instant.parse(began),
                data.get("scannedTo"),
                Boolean.parseBoolean(data.get("scanned")),
                Boolean.parseBoolean(data.get("complete")),
                topic == null ? null : Uuid.fromString(topic),
                Map.copyOf(offsets));
    }
}
