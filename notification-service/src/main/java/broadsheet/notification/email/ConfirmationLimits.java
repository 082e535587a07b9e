package broadsheet.notification.email;

import static com.mongodb.client.model.Filters.lt;
import static org.springframework.data.mongodb.core.FindAndModifyOptions.options;
import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import broadsheet.notification.key.ServiceKeys;
import broadsheet.store.CollectionOwner;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.Indexes;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * How many confirmation mails may go to a mailbox and to a domain, and may be asked for from a network, on a day (UTC):
 * nobody can have us fill the mailboxes of somebody else. Counted in the store for all instances, without the address
 * itself. What a mailbox does not get takes nothing from its domain and network, and what a network asks for beyond its
 * limit takes nothing from the domains.
 */
@Component
class ConfirmationLimits implements CollectionOwner {

    private static final int PER_MAILBOX = 3;
    private static final Duration KEPT_FOR = Duration.ofDays(2);

    private final ReactiveMongoTemplate mongo;
    private final ServiceKeys keys;
    private final ConfirmationLimitProperties limits;
    private final MeterRegistry meters;
    private final InstantSource clock;

    ConfirmationLimits(
            ReactiveMongoTemplate mongo,
            ServiceKeys keys,
            ConfirmationLimitProperties limits,
            MeterRegistry meters,
            InstantSource clock) {
        this.mongo = mongo;
        this.keys = keys;
        this.limits = limits;
        this.meters = meters;
        this.clock = clock;
    }

    @Override
    public String collection() {
        return "notificationConfirmationLimits";
    }

    @Override
    public List<IndexModel> indexes() {
        return List.of(new IndexModel(Indexes.ascending("at")));
    }

    /** Counts a mail that is asked for; whether it may be sent. */
    Mono<Boolean> take(EmailAddress address, String network) {
        return isWithin("mailbox", address.mailbox(), PER_MAILBOX)
                .filter(within -> within)
                .flatMap(within -> isWithin("network", network, limits.perNetwork()))
                .filter(within -> within)
                .flatMap(within -> isWithin("domain", address.domain(), limits.perDomain()))
                .defaultIfEmpty(false);
    }

    private Mono<Boolean> isWithin(String limit, String of, int most) {
        return count(limit + " " + of).map(asked -> asked <= most).doOnNext(within -> {
            if (!within) {
                meters.counter("broadsheet.notification.confirmations.limited", "limit", limit)
                        .increment();
            }
        });
    }

    /** Forgets what was counted on earlier days. */
    Mono<Void> forget() {
        Date before = Date.from(clock.instant().minus(KEPT_FOR));
        return mongo.execute(collection(), counts -> counts.deleteMany(lt("at", before)))
                .then();
    }

    private Mono<Integer> count(String of) {
        Instant now = clock.instant();
        String day = now.atOffset(ZoneOffset.UTC).toLocalDate().toString();
        return keys.get("confirmation-limits", Hmac::newKey)
                .map(key -> Hmac.of(day + " " + of, key))
                .flatMap(id -> mongo.findAndModify(
                        query(where("_id").is(id)),
                        new Update().inc("asked", 1).setOnInsert("at", Date.from(now)),
                        options().upsert(true).returnNew(true),
                        Document.class,
                        collection()))
                .map(counted -> counted.getInteger("asked"));
    }
}
