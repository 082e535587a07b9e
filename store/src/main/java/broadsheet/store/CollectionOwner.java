package broadsheet.store;

import com.mongodb.client.model.IndexModel;
import com.mongodb.reactivestreams.client.MongoCollection;
import java.util.List;
import org.bson.Document;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/** A kind of document. The bean that implements this owns the documents: their fields, writes and reads. */
public interface CollectionOwner {

    String collection();

    /** Turns what earlier releases wrote into what this one reads; done at each start. */
    default Publisher<?> upgrade(MongoCollection<Document> documents) {
        return Mono.empty();
    }

    /** The indexes that its reads need. */
    default List<IndexModel> indexes() {
        return List.of();
    }
}
