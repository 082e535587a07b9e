package broadsheet.stats.projection;

import broadsheet.stats.classification.ClassifiedView;
import broadsheet.store.CollectionOwner;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * A kind of document that counts views: which document a view is counted in, and what changes there. Every bean of this
 * type is filled.
 */
public interface Projection extends CollectionOwner {

    /**
     * The document that the view is counted in; empty where this projection does not count it. The same one for all views of
     * one partition, classification and article that are counted in the same hour and were received in the same hour.
     */
    Optional<String> documentId(ClassifiedView view);

    /**
     * What the views change in their document. The writer adds the fence.
     *
     * @param views at least one, all of the same document, in any order
     * @param stored the document's {@link #readFields()}; empty where it does not exist yet
     */
    Bson change(List<ClassifiedView> views, Document stored);

    /** Small fields that something else changes too, without a fence; where one is not as it was read, it is read again. */
    default List<String> comparedFields() {
        return List.of();
    }

    /** The fields that {@link #change} computes a new value of from the old one; no other writer may come between. */
    default List<String> readFields() {
        return List.of();
    }
}
