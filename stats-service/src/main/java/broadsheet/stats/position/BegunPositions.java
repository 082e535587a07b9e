package broadsheet.stats.position;

import broadsheet.stats.store.InsertIfMissing;
import com.mongodb.client.model.UpdateOneModel;
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
        starts.forEach((partition, start) -> PositionDocument.begin(
                others.computeIfAbsent(partition, none -> new Document("_id", partition)), start));
        copied.forEach((partition, position) -> others.computeIfPresent(
                partition,
                (same, begun) -> begun.append(PositionDocument.COPIED_TO, PositionDocument.copiedTo(position.next()))));
        return others.values().stream().map(InsertIfMissing::of).toList();
    }
}
