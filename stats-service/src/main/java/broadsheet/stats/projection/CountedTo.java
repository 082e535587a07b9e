package broadsheet.stats.projection;

import broadsheet.stats.position.PartitionPosition;
import java.util.Map;
import java.util.stream.Collectors;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * How far a generation is counted.
 *
 * @param positions of every partition that there is or was
 * @param topicId of the topic that is counted now; null while nobody knows
 */
record CountedTo(
        Map<String, PartitionPosition> positions, @Nullable String topicId) {

    /** Whether a record that a document has counted may be delivered again; one of a topic that was deleted is not. */
    boolean mayRepeat(Document document) {
        var repeatable = Fences.of(document).entrySet().stream()
                .filter(fence -> topicId == null || fence.getKey().startsWith(topicId + "-"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return !new FencedSum(0, repeatable).isBefore(positions);
    }
}
