package broadsheet.notification.subscription;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.in;

import broadsheet.notification.event.FilterIndexTerms;
import broadsheet.notification.event.PublicEvent;
import com.mongodb.client.model.Sorts;
import java.util.List;
import java.util.function.Function;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The active subscriptions whose filters match an event, found by its terms, also where there are very many. */
@Component
public class MatchingSubscriptions {

    private static final int PAGE = 1_000;
    private static final int PAGES_AHEAD = 2;

    private final ReactiveMongoTemplate mongo;

    public MatchingSubscriptions(ReactiveMongoTemplate mongo) {
        this.mongo = mongo;
    }

    /**
     * Reads little more than is asked for. One that cannot be read, such as that of a later release, hears of nothing and
     * holds up nobody else.
     *
     * @param after those with greater ids alone, in their order
     */
    public Flux<Subscription> of(PublicEvent event, String after) {
        Bson terms = and(in("terms", FilterIndexTerms.of(event)), eq("state", Subscription.State.ACTIVE.name()));
        return page(terms, after)
                .expand(page -> page.size() < PAGE
                        ? Mono.empty()
                        : page(terms, page.get(PAGE - 1).id()))
                .concatMapIterable(Function.identity(), PAGES_AHEAD)
                .mapNotNull(Found::subscription)
                .filter(subscription -> subscription.filter().matches(event));
    }

    private Mono<List<Found>> page(Bson terms, String after) {
        return mongo.execute(
                        Subscriptions.COLLECTION,
                        documents -> documents
                                .find(and(terms, gt("_id", after)))
                                .sort(Sorts.ascending("_id"))
                                .limit(PAGE)
                                .batchSize(PAGE))
                .map(Found::of)
                .collectList();
    }

    /** @param subscription none where it cannot be read */
    private record Found(String id, @Nullable Subscription subscription) {

        static Found of(Document stored) {
            return new Found(
                    stored.getString("_id"),
                    SubscriptionDocument.readable(stored).orElse(null));
        }
    }
}
