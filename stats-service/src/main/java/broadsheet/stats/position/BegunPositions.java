package broadsheet.stats.position;

import broadsheet.stats.store.InsertIfMissing;
import com.mongodb.client.model.UpdateOneModel;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.bson.Document;

/** The positions that a generation begins with which has copies of another one's documents. */
final class BegunPositions {

    private BegunPositions() {}

    /**
     * Writes that leave what is stored as it is.
     *
     * @param others the other generation's stored positions by their partitions; changed
     */
    static List<UpdateOneModel<Document>> insertions(
            Map<String, Document> others,
            Map<String, PartitionPosition> copied,
            Map<String, PartitionPosition> starts) {
        starts.forEach((partition, start) ->
                begin(others.computeIfAbsent(partition, none -> new Document("_id", partition)), start));
        copied.forEach((partition, position) -> others.computeIfPresent(
                partition,
                (same, begun) -> begun.append(
                        PartitionPositions.COPIED_TO,
                        new Document(PartitionPositions.EPOCH, position.next().epoch())
                                .append(PartitionPositions.NEXT, position.next().offset()))));
        return others.values().stream().map(InsertIfMissing::of).toList();
    }

    private static void begin(Document position, PartitionPosition start) {
        position.append(PartitionPositions.NEXT, start.next().offset())
                .append(PartitionPositions.NOTED_TO, start.next().offset())
                .append(PartitionPositions.CLOCK, Date.from(start.clock()));
        position.remove(PartitionPositions.EPOCH);
        if (start.hasEpoch()) {
            position.append(PartitionPositions.EPOCH, start.next().epoch());
        }
    }
}
