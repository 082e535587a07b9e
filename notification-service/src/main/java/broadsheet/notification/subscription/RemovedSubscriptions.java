package broadsheet.notification.subscription;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.reactivestreams.client.MongoCollection;
import java.util.function.Function;
import org.bson.Document;
import org.reactivestreams.Publisher;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Which subscriptions are being removed: until nothing is kept of them any more, also where the service is killed meanwhile. */
final class RemovedSubscriptions {

    private final ReactiveMongoTemplate mongo;

    RemovedSubscriptions(ReactiveMongoTemplate mongo) {
        this.mongo = mongo;
    }

    Mono<Void> note(String id) {
        return run(removed ->
                        removed.replaceOne(eq("_id", id), new Document("_id", id), new ReplaceOptions().upsert(true)))
                .then();
    }

    Flux<String> ids() {
        return run(removed -> removed.find()).map(noted -> noted.getString("_id"));
    }

    Mono<Void> forget(String id) {
        return run(removed -> removed.deleteOne(eq("_id", id))).then();
    }

    private <T> Flux<T> run(Function<MongoCollection<Document>, Publisher<T>> work) {
        return mongo.execute("notificationRemovedSubscriptions", work::apply);
    }
}
