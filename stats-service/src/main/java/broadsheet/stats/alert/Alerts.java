package broadsheet.stats.alert;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Indexes.ascending;
import static com.mongodb.client.model.Sorts.descending;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import broadsheet.events.AlertSent;
import broadsheet.stats.erased.ArticleNumbers;
import broadsheet.stats.erased.ErasedArticles;
import broadsheet.stats.store.StatsCollections;
import broadsheet.store.CollectionOwner;
import broadsheet.store.DuplicateKeys;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** {@code stats_alerts}: to how many each alert went by each channel, as notification-service said last. */
@Component
class Alerts implements CollectionOwner, ArticleNumbers {

    private static final String COLLECTION = "stats_alerts";
    private static final String ARTICLE = "article";
    private static final String CHANNEL = "channel";
    private static final String SENT = "sent";
    private static final String FAILED = "failed";
    private static final String WAITING = "waiting";
    private static final String AS_OF = "asOf";

    private final StatsCollections collections;
    private final ErasedArticles erased;

    Alerts(StatsCollections collections, ErasedArticles erased) {
        this.collections = collections;
        this.erased = erased;
    }

    @Override
    public String collection() {
        return COLLECTION;
    }

    @Override
    public List<IndexModel> indexes() {
        return List.of(new IndexModel(ascending(ARTICLE, "_id")));
    }

    /** What is not newer than what is stored changes nothing, nor does what is of an erased article. */
    Mono<Void> store(Collection<AlertSent> alerts) {
        List<UpdateOneModel<Document>> writes = alerts.stream()
                .filter(alert -> !erased.contains(alert.articleId()))
                .map(Alerts::write)
                .toList();
        return writes.isEmpty()
                ? Mono.empty()
                : collections
                        .named(COLLECTION)
                        .flatMap(stored -> Mono.from(stored.bulkWrite(writes, new BulkWriteOptions().ordered(false))))
                        .onErrorComplete(DuplicateKeys::areWhy)
                        .then();
    }

    @Override
    public Mono<Void> erase(Collection<String> articleIds) {
        return collections
                .named(COLLECTION)
                .flatMap(alerts -> Mono.from(alerts.deleteMany(in(ARTICLE, articleIds))))
                .then();
    }

    private static UpdateOneModel<Document> write(AlertSent alert) {
        Date asOf = Date.from(alert.asOf());
        return new UpdateOneModel<>(
                and(eq("_id", alert.alertId()), lt(AS_OF, asOf)),
                combine(
                        set(ARTICLE, alert.articleId()),
                        set(CHANNEL, alert.channel().name()),
                        set(SENT, alert.sent()),
                        set(FAILED, alert.failed()),
                        set(WAITING, alert.waiting()),
                        set(AS_OF, asOf)),
                new UpdateOptions().upsert(true));
    }

    /** The newest first, as their ids tell; of one article, where one is given. */
    Flux<AlertSent> list(@Nullable String article, @Nullable String cursor, int limit) {
        List<Bson> filters = new ArrayList<>();
        if (article != null) {
            filters.add(eq(ARTICLE, article));
        }
        if (cursor != null) {
            filters.add(lt("_id", cursor));
        }
        return collections
                .read(
                        COLLECTION,
                        alerts -> alerts.find(filters.isEmpty() ? new Document() : and(filters))
                                .sort(descending("_id"))
                                .limit(limit))
                .map(Alerts::read)
                .filter(alert -> !erased.contains(alert.articleId()));
    }

    /** The alerts of an event, one for each channel that it went by. */
    Flux<AlertSent> ofEvent(String event) {
        return collections
                .read(
                        COLLECTION,
                        alerts -> alerts.find(and(gte("_id", event + "."), lt("_id", event + "/")))
                                .sort(ascending("_id")))
                .map(Alerts::read)
                .filter(alert -> !erased.contains(alert.articleId()));
    }

    private static AlertSent read(Document stored) {
        return new AlertSent(
                stored.getString("_id"),
                stored.getString(ARTICLE),
                AlertSent.Channel.valueOf(stored.getString(CHANNEL)),
                stored.getLong(SENT),
                stored.getLong(FAILED),
                stored.getLong(WAITING),
                stored.getDate(AS_OF).toInstant());
    }
}
