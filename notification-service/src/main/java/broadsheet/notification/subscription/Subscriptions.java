package broadsheet.notification.subscription;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.unset;

import broadsheet.notification.DocumentsById;
import broadsheet.notification.event.EventFilter;
import broadsheet.notification.event.FilterIndexTerms;
import broadsheet.notification.subscription.Subscription.Confirmation;
import broadsheet.notification.subscription.Subscription.Schedule;
import broadsheet.store.CollectionOwner;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.Indexes;
import com.mongodb.reactivestreams.client.MongoCollection;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.reactivestreams.Publisher;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The store of all subscriptions. A change names what it changes, so that two at the same time both hold. */
@Component
public class Subscriptions implements CollectionOwner {

    static final String COLLECTION = "notificationSubscriptions";

    private static final String NOTICE_DUE = "noticeDue";

    /** Whoever disabled it has told its holder by then, or was killed. */
    private static final Duration NOTICE_WITHIN = Duration.ofMinutes(2);

    private final ReactiveMongoTemplate mongo;

    public Subscriptions(ReactiveMongoTemplate mongo) {
        this.mongo = mongo;
    }

    @Override
    public String collection() {
        return COLLECTION;
    }

    @Override
    public List<IndexModel> indexes() {
        return List.of(
                new IndexModel(Indexes.ascending("terms", "_id")),
                new IndexModel(Indexes.ascending("namedFrom", "state")),
                new IndexModel(Indexes.ascending("confirmation.tokenHash")),
                new IndexModel(Indexes.ascending("state", "confirmation.expiresAt")),
                new IndexModel(Indexes.ascending("channel", "state")),
                new IndexModel(Indexes.ascending(NOTICE_DUE)));
    }

    /** How many active ones have a receiver that this network named. */
    public Mono<Long> countReceiversFrom(String network) {
        return run(documents -> documents.countDocuments(
                        and(eq("namedFrom", network), eq("state", Subscription.State.ACTIVE.name()))))
                .next();
    }

    public Mono<Subscription> add(Subscription subscription) {
        return run(documents -> documents.insertOne(withTerms(subscription))).then(Mono.just(subscription));
    }

    public Mono<Subscription> byId(String id) {
        return find(eq("_id", id)).next();
    }

    public Mono<DocumentsById<Subscription>> byIds(Collection<String> ids) {
        return run(documents -> documents.find(in("_id", ids)))
                .collectList()
                .map(stored -> DocumentsById.of(stored, one -> Optional.of(SubscriptionDocument.read(one))));
    }

    /** The one whose e-mail address is confirmed by a token with this hash. */
    public Mono<Subscription> byConfirmation(String tokenHash) {
        return find(eq("confirmation.tokenHash", tokenHash)).next();
    }

    /** Gives it what its holder wants from now on; false where it was changed or removed since it was read. */
    public Mono<Boolean> change(Subscription read, EventFilter filter, Schedule schedule, Locale language) {
        return update(
                and(eq("_id", read.id()), eq("version", read.version())),
                combine(
                        inc("version", 1L),
                        set("filter", SubscriptionDocument.of(filter)),
                        set("terms", List.copyOf(FilterIndexTerms.of(filter))),
                        set("schedule", SubscriptionDocument.of(schedule)),
                        set("language", language.toLanguageTag())));
    }

    /**
     * Makes it active, and managed by another token: whoever subscribed need not be who confirmed. False where it is not
     * pending any more.
     */
    public Mono<Boolean> confirm(String id, Confirmation by, String newTokenHash, Instant now) {
        return update(
                and(eq("_id", id), eq("state", Subscription.State.PENDING.name())),
                combine(
                        set("state", Subscription.State.ACTIVE.name()),
                        set("activeSince", Date.from(now)),
                        set("tokenHash", newTokenHash),
                        set("confirmation", SubscriptionDocument.of(by))));
    }

    /** Also notes that its holder is to be told, until {@link #noticed}. False where it is disabled already or gone. */
    public Mono<Boolean> disable(String id, String reason, Instant now) {
        return update(
                and(eq("_id", id), ne("state", Subscription.State.DISABLED.name())),
                combine(
                        set("state", Subscription.State.DISABLED.name()),
                        set("disabled", SubscriptionDocument.of(new Subscription.Disabled(now, reason))),
                        set(NOTICE_DUE, Date.from(now.plus(NOTICE_WITHIN)))));
    }

    /** Disabled ones whose holders should have been told by now. */
    public Flux<Subscription> noticesDue(Instant now) {
        Bson due = and(lte(NOTICE_DUE, Date.from(now)), eq("state", Subscription.State.DISABLED.name()));
        return run(documents -> documents.find(due))
                .mapNotNull(stored -> SubscriptionDocument.readable(stored).orElse(null));
    }

    /** False where another instance is telling the holder. */
    public Mono<Boolean> putNoticeOff(String id, Instant now) {
        return update(
                and(eq("_id", id), lte(NOTICE_DUE, Date.from(now))),
                set(NOTICE_DUE, Date.from(now.plus(NOTICE_WITHIN))));
    }

    public Mono<Void> noticed(String id) {
        return update(eq("_id", id), unset(NOTICE_DUE)).then();
    }

    /** Lets a disabled one be sent to again; false where it is not disabled. */
    public Mono<Boolean> enable(String id) {
        return update(
                and(eq("_id", id), eq("state", Subscription.State.DISABLED.name())),
                combine(set("state", Subscription.State.ACTIVE.name()), set("disabled", null)));
    }

    /** False where the secrets are no longer those that were read. */
    public Mono<Boolean> replaceSecrets(Subscription read, List<WebhookSecret> secrets) {
        return update(
                and(
                        eq("_id", read.id()),
                        eq("secrets.0.value", read.secrets().get(0).value())),
                combine(inc("version", 1L), set("secrets", SubscriptionDocument.of(secrets))));
    }

    public Mono<Long> count(Channel channel, Subscription.State state) {
        return run(documents -> documents.countDocuments(and(eq("channel", channel.name()), eq("state", state.name()))))
                .next();
    }

    private Flux<Subscription> find(Bson filter) {
        return run(documents -> documents.find(filter)).map(SubscriptionDocument::read);
    }

    private Mono<Boolean> update(Bson filter, Bson update) {
        return run(documents -> documents.updateOne(filter, update))
                .next()
                .map(result -> result.getMatchedCount() == 1);
    }

    private <T> Flux<T> run(Function<MongoCollection<Document>, Publisher<T>> work) {
        return mongo.execute(collection(), work::apply);
    }

    private static Document withTerms(Subscription subscription) {
        return SubscriptionDocument.of(subscription)
                .append("terms", List.copyOf(FilterIndexTerms.of(subscription.filter())));
    }
}
