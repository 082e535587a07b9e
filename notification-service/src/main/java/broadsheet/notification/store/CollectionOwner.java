package broadsheet.notification.store;

import com.mongodb.client.model.IndexModel;
import java.util.List;

/** A kind of document. The bean that implements this owns the documents: their fields, writes and reads. */
public interface CollectionOwner {

    String collection();

    /** The indexes that its reads need. */
    List<IndexModel> indexes();
}
