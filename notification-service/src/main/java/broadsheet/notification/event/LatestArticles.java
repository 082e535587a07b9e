package broadsheet.notification.event;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.not;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.unset;

import broadsheet.events.ArticleChanged;
import broadsheet.events.Envelope;
import broadsheet.events.EventCodec;
import broadsheet.store.CollectionOwner;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.UpdateOptions;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The newest public change of each article, however old: a milestone names its article and says nothing of it. */
@Component
class LatestArticles implements CollectionOwner {

    private final ReactiveMongoTemplate mongo;

    LatestArticles(ReactiveMongoTemplate mongo) {
        this.mongo = mongo;
    }

    @Override
    public String collection() {
        return "notificationArticles";
    }

    @Override
    public List<IndexModel> indexes() {
        return List.of();
    }

    /** Takes a change unless a newer one is known; what a withdrawn article said is not kept. */
    Mono<Void> note(Envelope<?> envelope, ArticleChanged change, boolean withdrawn) {
        long version = change.article().version();
        Bson value = withdrawn
                ? unset("value")
                : set("value", EventCodec.encode(envelope).value());
        return mongo.execute(
                        collection(),
                        articles -> articles.updateOne(
                                and(eq("_id", change.recordKey()), not(gt("version", version))),
                                combine(
                                        set("version", version),
                                        set("type", change.type().ceType()),
                                        value),
                                new UpdateOptions().upsert(true)))
                .onErrorResume(DuplicateKeyException.class, newerIsKnown -> Mono.empty())
                .then();
    }

    /** The {@code type} and {@code value} of its newest change, without value where it is withdrawn; none of what is unheard of. */
    Mono<Document> find(String article) {
        return mongo.execute(collection(), articles -> articles.find(eq("_id", article)))
                .next();
    }
}
