package broadsheet.notification.delivery;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Filters.not;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.rename;
import static com.mongodb.client.model.Updates.set;

import broadsheet.notification.DocumentReader;
import broadsheet.notification.delivery.Delivery.State;
import broadsheet.notification.event.EventKind;
import broadsheet.notification.event.PublicEvent;
import com.mongodb.client.model.Sorts;
import com.mongodb.reactivestreams.client.MongoCollection;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.reactivestreams.Publisher;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What was told of an article, or waits to be, when a correction or withdrawal of it comes. */
@Component
public class EarlierDeliveries {

    private static final Bson PUBLICATION_OR_CORRECTION =
            in("kind", EventKind.PUBLISHED.name(), EventKind.CORRECTED.name());

    private final ReactiveMongoTemplate mongo;

    public EarlierDeliveries(ReactiveMongoTemplate mongo) {
        this.mongo = mongo;
    }

    /**
     * Ends what waits to tell of earlier events of the article, since this one says it better, or takes it back. What was
     * tried already, and failed, may have arrived; what is being sent goes on, but is not tried again.
     */
    public Mono<Void> supersede(PublicEvent event, String because, Instant now) {
        Bson pending = in("state", State.SCHEDULED.name(), State.FAILED.name(), State.SENDING.name());
        Bson waiting = in("state", State.SCHEDULED.name(), State.FAILED.name());
        String by = event.notification().id();
        return update(and(before(event), pending, ne("overtakenBy", by)), set("overtakenBy", by))
                .then(update(
                        and(before(event), waiting),
                        combine(
                                set("state", State.SUPPRESSED.name()),
                                set("suppressed", because),
                                set("finishedAt", Date.from(now)),
                                set(EarlierDelivery.SUPERSEDED_BY, by),
                                rename("due", EarlierDelivery.HELD_UNTIL))));
    }

    private Mono<Void> update(Bson which, Bson update) {
        return new PagedUpdate(mongo, Deliveries.COLLECTION, which, update).run();
    }

    /**
     * Deliveries of earlier events of the article, by pages: whom it was told, and whom it was about to be told.
     *
     * @param after those with greater ids alone, in their order
     */
    public Flux<List<EarlierDelivery>> before(PublicEvent event, String after, int pageSize) {
        return page(event, after, pageSize)
                .expand(page -> page.size() < pageSize
                        ? Mono.empty()
                        : page(event, page.get(pageSize - 1).getString("_id"), pageSize))
                .map(EarlierDeliveries::readable);
    }

    private Mono<List<Document>> page(PublicEvent event, String after, int size) {
        return run(deliveries -> deliveries
                        .find(and(before(event), gt("_id", after)))
                        .sort(Sorts.ascending("_id"))
                        .limit(size)
                        .batchSize(size))
                .collectList();
    }

    /** By the article's version: the clocks of article-service's instances differ. */
    private static Bson before(PublicEvent event) {
        return and(
                eq("article", event.notification().article().id()),
                ne("event", event.notification().id()),
                not(gt("version", event.notification().article().version())),
                PUBLICATION_OR_CORRECTION);
    }

    /** The ids of those follow-ups whose subscriber was told nothing of the article that they could follow. */
    public Mono<Set<String>> untold(Collection<Delivery> followUps) {
        Bson ofTheSame = and(
                in("subscription", all(followUps, Delivery::subscription)),
                in("article", all(followUps, Delivery::article)),
                PUBLICATION_OR_CORRECTION);
        return run(deliveries -> deliveries.find(ofTheSame)).collectList().map(found -> {
            Set<Reader> told = readable(found).stream()
                    .filter(EarlierDelivery::mayHaveArrived)
                    .map(earlier -> Reader.of(earlier.delivery()))
                    .collect(Collectors.toSet());
            return followUps.stream()
                    .filter(followUp -> !told.contains(Reader.of(followUp)))
                    .map(Delivery::id)
                    .collect(Collectors.toSet());
        });
    }

    private record Reader(String article, String subscription) {

        static Reader of(Delivery delivery) {
            return new Reader(delivery.article(), delivery.subscription());
        }
    }

    private static Set<String> all(Collection<Delivery> deliveries, Function<Delivery, String> field) {
        return deliveries.stream().map(field).collect(Collectors.toSet());
    }

    private static List<EarlierDelivery> readable(List<Document> page) {
        return DocumentReader.readAll("delivery", page, EarlierDelivery::of);
    }

    private <T> Flux<T> run(Function<MongoCollection<Document>, Publisher<T>> work) {
        return mongo.execute(Deliveries.COLLECTION, work::apply);
    }
}
