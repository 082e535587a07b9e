package broadsheet.stats.counting;

import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** A kind of document that counts: which record touches which of them, and what changes in it then. */
interface Counter {

    String collection();

    /** The id of the document that the record is counted in; null where this kind does not count it. */
    @Nullable String document(Decided record);

    /**
     * What the records change. The store adds the fence.
     *
     * @param stored what there is of {@link #reads()}; empty where the document is not there yet
     */
    Bson change(List<Decided> records, Document stored);

    /** The fields whose new value depends on the old one in a way that only we know: nobody else may have written. */
    default List<String> reads() {
        return List.of();
    }
}
