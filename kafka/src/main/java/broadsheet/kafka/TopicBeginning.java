package broadsheet.kafka;

import java.util.Map;
import org.apache.kafka.common.Uuid;

/**
 * Where the reading of a topic begins.
 *
 * @param topicId a topic that was deleted and created anew has another one
 * @param offsets by partition, the offset of the first record that may come
 * @param complete whether the topic holds nothing before them
 */
public record TopicBeginning(Uuid topicId, Map<Integer, Long> offsets, boolean complete) {

    public TopicBeginning {
        offsets = Map.copyOf(offsets);
    }
}
