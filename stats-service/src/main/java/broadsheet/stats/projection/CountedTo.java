package broadsheet.stats.projection;

import broadsheet.stats.position.PartitionPosition;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far a generation is counted.
 *
 * @param positions of every partition that there is or was
 * @param topicId of the topic that is counted now; null while nobody knows
 */
record CountedTo(
        Map<String, PartitionPosition> positions, @Nullable String topicId) {

    /** Whether a record that documents have counted may be delivered again; one of a topic that was deleted is not. */
    boolean mayRepeat(FencedSum counted) {
        return counted.fences().entrySet().stream()
                .filter(fence -> topicId == null || fence.getKey().startsWith(topicId + "-"))
                .anyMatch(fence -> {
                    PartitionPosition position = positions.get(fence.getKey());
                    return position == null || !position.isBehind(fence.getValue());
                });
    }
}
