package broadsheet.stats.milestone;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Indexes.ascending;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.setOnInsert;
import static com.mongodb.client.model.Updates.unset;
import static java.nio.charset.StandardCharsets.UTF_8;

import broadsheet.events.EventCodec;
import broadsheet.events.EventType;
import broadsheet.stats.erased.ArticleNumbers;
import broadsheet.stats.store.StatsCollections;
import broadsheet.store.CollectionOwner;
import broadsheet.store.DuplicateKeys;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.reactivestreams.client.MongoCollection;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.bson.Document;
import org.reactivestreams.Publisher;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * {@code stats_milestones}: each that was ever found, and whether it is still to be sent. They outlive the generations of
 * the counts, so that one that is reached again, or in a restatement, is known.
 */
@Component
public class Milestones implements CollectionOwner, ArticleNumbers {

    private static final String COLLECTION = "stats_milestones";
    private static final String KEY = "key";
    private static final String TYPE = "type";
    private static final String VALUE = "value";
    static final String NOTICED_AT = "noticedAt";
    private static final String UNSENT = "unsent";
    private static final int MOST_KNOWN = 20_000;

    private final StatsCollections collections;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    public Milestones(StatsCollections collections) {
        this.collections = collections;
    }

    @Override
    public String collection() {
        return COLLECTION;
    }

    @Override
    public Publisher<?> upgrade(MongoCollection<Document> milestones) {
        return EarlierMilestones.upgrade(milestones);
    }

    @Override
    public List<IndexModel> indexes() {
        return List.of(
                new IndexModel(ascending(UNSENT), new IndexOptions().partialFilterExpression(eq(UNSENT, true))),
                new IndexModel(ascending(KEY)));
    }

    /** Stores what was found, to be sent; what others have found before, or at the same time, is left out. */
    Flux<Milestone> add(Collection<Milestone> found) {
        return Flux.fromIterable(found)
                .filter(milestone -> !known.contains(milestone.id()))
                .filterWhen(this::insert, 1)
                .doOnComplete(() -> found.forEach(this::remember));
    }

    private Mono<Boolean> insert(Milestone milestone) {
        return collections
                .named(COLLECTION)
                .flatMap(milestones -> Mono.from(milestones.updateOne(
                        eq("_id", milestone.id()),
                        combine(setOnInsert(fields(milestone)), setOnInsert(UNSENT, true)),
                        new UpdateOptions().upsert(true))))
                .map(result -> result.getUpsertedId() != null)
                .onErrorResume(DuplicateKeys::areWhy, e -> Mono.just(false));
    }

    /** All but whether it is to be sent. */
    static Document fields(Milestone milestone) {
        return new Document(KEY, milestone.event().recordKey())
                .append(TYPE, milestone.event().type().ceType())
                .append(VALUE, EventCodec.encode(milestone.envelope()).value())
                .append(NOTICED_AT, milestone.noticedAt().toString());
    }

    private void remember(Milestone milestone) {
        if (known.size() >= MOST_KNOWN) {
            known.clear(); // the store knows them
        }
        known.add(milestone.id());
    }

    /** Those that were found before this time and are still to be sent. */
    Flux<Milestone> unsentBefore(Instant time) {
        return collections
                .read(COLLECTION, milestones -> milestones.find(and(eq(UNSENT, true), lt(NOTICED_AT, time.toString()))))
                .map(stored -> new Milestone(
                        stored.getString("_id"),
                        Instant.parse(stored.getString(NOTICED_AT)),
                        EventCodec.read(
                                EventType.of(stored.getString(TYPE)),
                                stored.getString(VALUE).getBytes(UTF_8))));
    }

    Mono<Void> markSent(Collection<Milestone> sent) {
        List<String> ids = sent.stream().map(Milestone::id).toList();
        return collections
                .named(COLLECTION)
                .flatMap(milestones -> Mono.from(milestones.updateMany(in("_id", ids), unset(UNSENT))))
                .then();
    }

    @Override
    public Mono<Void> erase(Collection<String> articleIds) {
        return collections
                .named(COLLECTION)
                .flatMap(milestones -> Mono.from(milestones.deleteMany(in(KEY, articleIds))))
                .then();
    }
}
