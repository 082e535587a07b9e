package broadsheet.notification.delivery.sending;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.unset;

import broadsheet.notification.delivery.Deliveries;
import broadsheet.notification.delivery.Delivery;
import broadsheet.notification.delivery.Delivery.State;
import broadsheet.notification.delivery.DeliveryDocument;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.WriteModel;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Sets deliveries aside that cannot be read, such as those of a later version, so that those behind them are sent. */
@Component
class UnreadableDeliveries {

    private static final Logger log = LoggerFactory.getLogger(UnreadableDeliveries.class);

    private final ReactiveMongoTemplate mongo;
    private final DeliveryMetrics metrics;
    private final InstantSource clock;

    UnreadableDeliveries(ReactiveMongoTemplate mongo, DeliveryMetrics metrics, InstantSource clock) {
        this.mongo = mongo;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Those that can be read, in their order. */
    Mono<List<Delivery>> readOthers(List<Document> stored) {
        var read = new ArrayList<Delivery>();
        var writes = new ArrayList<WriteModel<Document>>();
        for (Document one : stored) {
            try {
                read.add(DeliveryDocument.read(one));
            } catch (RuntimeException e) {
                log.warn("The stored delivery {} cannot be read and is set aside: {}", one.get("_id"), e.toString());
                writes.add(setAside(one, "It cannot be read: " + e));
            }
        }
        if (writes.isEmpty()) {
            return Mono.just(read);
        }
        metrics.unreadable(writes.size());
        return mongo.execute(
                        Deliveries.COLLECTION,
                        deliveries -> deliveries.bulkWrite(writes, new BulkWriteOptions().ordered(false)))
                .then(Mono.just(read));
    }

    private WriteModel<Document> setAside(Document stored, String because) {
        return new UpdateOneModel<>(
                eq("_id", stored.get("_id")),
                combine(
                        set("state", State.DEAD.name()),
                        set("suppressed", because),
                        set("finishedAt", Date.from(clock.instant())),
                        unset("due"),
                        unset("claim")));
    }
}
