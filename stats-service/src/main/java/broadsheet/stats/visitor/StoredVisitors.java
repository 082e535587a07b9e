package broadsheet.stats.visitor;

import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import broadsheet.events.ArticleViewed;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;

/**
 * The distinct visitors in a document, as a sketch and its count: exact while they are few (to 1,024 with precision 13,
 * to 512 with 12), with a standard error of 0.9 % (1.2 %) beyond.
 */
public final class StoredVisitors {

    public static final String SKETCH = "sketch";
    public static final String VISITORS = "visitors";

    private StoredVisitors() {}

    /** Adds the visitors of these views to the document's. */
    public static Bson add(List<ArticleViewed> views, Document stored, int precision) {
        var sketch = new VisitorSketch(precision);
        Binary bytes = stored.get(SKETCH, Binary.class);
        if (bytes != null) {
            sketch.addAll(bytes.getData());
        }
        views.forEach(view -> sketch.add(view.visitorKey()));
        return combine(set(SKETCH, new Binary(sketch.toBytes())), set(VISITORS, sketch.count()));
    }
}
