package broadsheet.notification.delivery.api;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lt;

import broadsheet.notification.delivery.Deliveries;
import broadsheet.notification.delivery.Delivery;
import broadsheet.notification.subscription.ManageTokens;
import broadsheet.notification.subscription.PerSubscriptionLimit;
import broadsheet.web.paging.Page;
import broadsheet.web.problem.InvalidFieldException;
import broadsheet.web.problem.ProblemException;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Shows the holder of a subscription what it was told, and lets it be told again. */
@RestController
class SubscriptionDeliveryController {

    private final ManageTokens holders;
    private final Deliveries deliveries;
    private final Redelivery redelivery;
    private final InstantSource clock;
    private final PerSubscriptionLimit limit = new PerSubscriptionLimit(Duration.ofMinutes(10));

    SubscriptionDeliveryController(
            ManageTokens holders, Deliveries deliveries, Redelivery redelivery, InstantSource clock) {
        this.holders = holders;
        this.deliveries = deliveries;
        this.redelivery = redelivery;
        this.clock = clock;
    }

    /** Newest event first. */
    @GetMapping("/api/subscriptions/{id}/deliveries")
    Mono<Page<DeliveryResponse>> list(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String authorization,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int max = Page.limit(limit);
        return holders.find(id, authorization)
                .flatMapMany(subscription -> deliveries.list(
                        cursor == null ? eq("subscription", id) : and(eq("subscription", id), lt("_id", cursor)),
                        max + 1))
                .collectList()
                .map(found -> Page.of(found, max, DeliveryResponse::of, Delivery::id));
    }

    /** Tells again, with the ids they had, all events since then that the subscription's filter matches; once in 10 minutes. */
    @PostMapping("/api/subscriptions/{id}/redelivery")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Mono<RedeliveryResponse> redeliver(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String authorization,
            @Valid @RequestBody Mono<RedeliveryRequest> request) {
        return holders.find(id, authorization)
                .filter(subscription -> subscription.isActive())
                .switchIfEmpty(
                        Mono.error(() -> new ProblemException(HttpStatus.CONFLICT, "The subscription is not active")))
                .flatMap(subscription -> request.doOnNext(this::check)
                        .doOnNext(asked -> limit.take(id))
                        .flatMap(asked -> redelivery.tellSince(subscription, asked.since())))
                .map(RedeliveryResponse::new);
    }

    private void check(RedeliveryRequest request) {
        if (request.since().isAfter(clock.instant())) {
            throw new InvalidFieldException("since", "is in the future");
        }
        if (request.since().isBefore(Instant.EPOCH)) {
            throw new InvalidFieldException("since", "is before 1970");
        }
    }

    record RedeliveryRequest(@NotNull Instant since) {}

    /** How many events are told again. */
    record RedeliveryResponse(long deliveries) {}
}
