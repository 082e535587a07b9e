package broadsheet.notification.event;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lt;

import broadsheet.store.CollectionOwner;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.Indexes;
import com.mongodb.reactivestreams.client.MongoCollection;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.function.Function;
import org.bson.Document;
import org.reactivestreams.Publisher;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The milestones of articles that were never heard of, until they are: nobody is told of a number without a title. */
@Component
public class HeldMilestones implements CollectionOwner {

    private final ReactiveMongoTemplate mongo;

    HeldMilestones(ReactiveMongoTemplate mongo) {
        this.mongo = mongo;
    }

    @Override
    public String collection() {
        return "notificationHeldMilestones";
    }

    @Override
    public List<IndexModel> indexes() {
        return List.of(new IndexModel(Indexes.ascending("article")), new IndexModel(Indexes.ascending("time")));
    }

    Mono<Void> hold(Document milestone) {
        return run(held -> EventDocument.insertOnce(milestone, held)).then();
    }

    Flux<Document> ofArticle(String article) {
        return run(held -> held.find(eq("article", article)));
    }

    /** Those of an article that is withdrawn are told to nobody, also where it is published again. */
    Mono<Void> dropOfArticle(String article) {
        return run(held -> held.deleteMany(eq("article", article))).then();
    }

    /** Once everyone has a delivery of it. */
    public Mono<Void> release(PublicEvent told) {
        return told.kind() == EventKind.MILESTONE
                ? run(held -> held.deleteOne(eq("_id", told.notification().id())))
                        .then()
                : Mono.empty();
    }

    Mono<Void> removeBefore(Instant time) {
        return run(held -> held.deleteMany(lt("time", Date.from(time)))).then();
    }

    private <T> Flux<T> run(Function<MongoCollection<Document>, Publisher<T>> work) {
        return mongo.execute(collection(), work::apply);
    }
}
