package broadsheet.stats.projection;

import org.bson.Document;
import org.bson.conversions.Bson;

/** What a kind of document counts, for a {@link DocumentMove}. */
public interface MovedCounts {

    /** Empty where it has counted nothing, or that was moved. */
    Document of(Document from);

    /** The id of the document to add them to. */
    String to(Document from);

    /** What stays of a document, but for its fence. */
    Document rest(Document from);

    /** Holds while what is written without a change of the fence is as it was read. */
    Bson isUnchanged(Document read);

    /**
     * A document with counts added.
     *
     * @param to its id and number of moves alone, where it does not exist yet
     */
    Document add(Document to, Document counts);
}
