package broadsheet.notification.email;

import static com.mongodb.client.model.Filters.lt;
import static org.springframework.data.mongodb.core.FindAndModifyOptions.options;
import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import broadsheet.notification.key.ServiceKeys;
import broadsheet.store.CollectionOwner;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.Indexes;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * How many confirmation mails may go to a mailbox and to a domain, and may be asked for from a network, on a day (UTC):
 * nobody can have us fill the mailboxes of somebody else, or use up what these may get. Counted in the store for all
 * instances, without the address itself. What is beyond one limit takes nothing from those behind it.
 */
@Component
class ConfirmationLimits implements CollectionOwner {

    private static final Logger log = LoggerFactory.getLogger(ConfirmationLimits.class);
    private static final int PER_MAILBOX_AND_NETWORK = 3;
    private static final int PER_MAILBOX = 10;
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
        for (LimitedBy limit : LimitedBy.values()) {
            refused(limit); // so that an alert sees the first one
        }
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
        return Flux.fromArray(LimitedBy.values())
                .concatMap(limit -> switch (limit) {
                    case ASKER -> isWithin(limit, address.mailbox() + " " + network, PER_MAILBOX_AND_NETWORK);
                    case NETWORK -> isWithin(limit, network, limits.perNetwork());
                    case MAILBOX -> isWithin(limit, address.mailbox(), PER_MAILBOX);
                    case DOMAIN -> isWithin(limit, address.domain(), limits.perDomain());
                })
                .all(within -> within);
    }

    /** In the order in which they count. */
    private enum LimitedBy {
        /** Asks for mails to one mailbox, so that whoever else asks for them is not silenced. */
        ASKER,
        NETWORK,
        MAILBOX,
        DOMAIN
    }

    private Mono<Boolean> isWithin(LimitedBy limit, String of, int most) {
        return count(limit.name().toLowerCase(Locale.ROOT) + " " + of).map(asked -> {
            if (asked > most) {
                refused(limit).increment();
            } else if (limit == LimitedBy.DOMAIN && asked == most / 2) {
                log.warn("Half of the {} confirmation mails that may go to {} today were asked for", most, of);
            }
            return asked <= most;
        });
    }

    private Counter refused(LimitedBy limit) {
        return meters.counter(
                "broadsheet.notification.confirmations.limited",
                "limit",
                limit.name().toLowerCase(Locale.ROOT));
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
