package broadsheet.notification.delivery.api;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lt;

import broadsheet.notification.delivery.Deliveries;
import broadsheet.notification.delivery.Delivery;
import broadsheet.notification.delivery.DeliveryLedger;
import broadsheet.notification.delivery.DeliveryLedger.EventDeliveries;
import broadsheet.notification.event.EventMatchCount;
import broadsheet.notification.event.StoredEvents;
import broadsheet.web.paging.Page;
import broadsheet.web.problem.InvalidFieldException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Shows operators who was told of what, and that the numbers add up. */
@RestController
class DeliveryController {

    private final Deliveries deliveries;
    private final DeliveryLedger ledger;
    private final StoredEvents events;

    DeliveryController(Deliveries deliveries, DeliveryLedger ledger, StoredEvents events) {
        this.deliveries = deliveries;
        this.ledger = ledger;
        this.events = events;
    }

    /** Deliveries of an article, to a subscription, in a state; newest event first. */
    @GetMapping("/api/deliveries")
    Mono<Page<DeliveryResponse>> list(
            @RequestParam(required = false) @Nullable String article,
            @RequestParam(required = false) @Nullable String subscription,
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        if (status != null && article == null && subscription == null) {
            throw new InvalidFieldException("status", "needs an article or a subscription");
        }
        int max = Page.limit(limit);
        var conditions = new ArrayList<Bson>();
        add(conditions, "article", article);
        add(conditions, "subscription", subscription);
        if (status != null) {
            conditions.add(eq("state", state(status).name()));
        }
        if (cursor != null) {
            conditions.add(lt("_id", cursor));
        }
        return deliveries
                .list(conditions.isEmpty() ? new Document() : and(conditions), max + 1)
                .collectList()
                .map(found -> Page.of(found, max, DeliveryResponse::of, Delivery::id));
    }

    /** For each event of an article: {@code matched = delivered + pending + dead + suppressed}. */
    @GetMapping("/api/deliveries/ledger")
    Mono<Page<LedgerEntry>> ledger(@RequestParam String article) {
        return events.matchedOf(article)
                .concatMap(event -> ledger.ofEvent(event.id()).map(found -> LedgerEntry.of(event, found)))
                .collectList()
                .map(items -> new Page<>(items, null));
    }

    private static void add(List<Bson> conditions, String field, @Nullable String value) {
        if (value != null) {
            conditions.add(eq(field, value));
        }
    }

    private static Delivery.State state(String status) {
        return Arrays.stream(Delivery.State.values())
                .filter(state -> state.name().equalsIgnoreCase(status))
                .findFirst()
                .orElseThrow(() -> new InvalidFieldException(
                        "status", "must be scheduled, sending, failed, delivered, dead or suppressed"));
    }

    /**
     * What became of everyone who was to be told of an event.
     *
     * @param matched how many there were when all had a delivery, and those who were added later; none before
     * @param balanced whether each of them is in one of the others
     */
    record LedgerEntry(
            String event,
            String kind,
            Instant time,
            @Nullable Long matched,
            long delivered,
            long pending,
            long dead,
            long suppressed,
            boolean balanced) {

        static LedgerEntry of(EventMatchCount event, EventDeliveries found) {
            Map<Delivery.State, Long> states = found.byState();
            long delivered = states.getOrDefault(Delivery.State.DELIVERED, 0L);
            long dead = states.getOrDefault(Delivery.State.DEAD, 0L);
            long suppressed = states.getOrDefault(Delivery.State.SUPPRESSED, 0L);
            long pending = states.entrySet().stream()
                    .filter(state -> state.getKey().isPending())
                    .mapToLong(Map.Entry::getValue)
                    .sum();
            Long matched = event.deliveries() == null ? null : event.deliveries() + found.late();
            return new LedgerEntry(
                    event.id(),
                    event.kind().name().toLowerCase(Locale.ROOT),
                    event.time(),
                    matched,
                    delivered,
                    pending,
                    dead,
                    suppressed,
                    matched != null && matched == delivered + pending + dead + suppressed);
        }
    }
}
