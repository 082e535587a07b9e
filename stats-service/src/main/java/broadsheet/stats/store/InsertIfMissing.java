package broadsheet.stats.store;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import org.bson.Document;

/** A write of a document that leaves one that is stored under its id as it is, as often as it is made. */
public final class InsertIfMissing {

    private InsertIfMissing() {}

    public static UpdateOneModel<Document> of(Document document) {
        var values = new Document(document);
        return new UpdateOneModel<>(
                eq("_id", values.remove("_id")),
                new Document("$setOnInsert", values),
                new UpdateOptions().upsert(true));
    }
}
