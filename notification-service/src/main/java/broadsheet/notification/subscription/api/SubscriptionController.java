package broadsheet.notification.subscription.api;

import broadsheet.notification.channel.AddressConfirmation;
import broadsheet.notification.subscription.CapabilityTokens;
import broadsheet.notification.subscription.ManageTokens;
import broadsheet.notification.subscription.SubscriberNetwork;
import broadsheet.notification.subscription.Subscription;
import broadsheet.notification.subscription.Subscription.State;
import broadsheet.notification.subscription.SubscriptionRemoval;
import broadsheet.notification.subscription.Subscriptions;
import broadsheet.notification.subscription.Target;
import broadsheet.web.precondition.IfMatch;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Lets anyone subscribe, and whoever has a subscription's token read, change and end it. */
@RestController
@RequestMapping("/api/subscriptions")
class SubscriptionController {

    private final Subscriptions subscriptions;
    private final SubscriptionRemoval removal;
    private final ManageTokens holders;
    private final OfferedChannels channels;
    private final AddressConfirmation confirmation;
    private final SubscriptionLimits limits;
    private final InstantSource clock;

    SubscriptionController(
            Subscriptions subscriptions,
            SubscriptionRemoval removal,
            ManageTokens holders,
            OfferedChannels channels,
            AddressConfirmation confirmation,
            SubscriptionLimits limits,
            InstantSource clock) {
        this.subscriptions = subscriptions;
        this.removal = removal;
        this.holders = holders;
        this.channels = channels;
        this.confirmation = confirmation;
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * The same answer whether or not the address is subscribed already. Who subscribes an address need not be its owner, so
     * the token that manages it is shown to whoever confirms.
     */
    @PostMapping
    Mono<ResponseEntity<SubscriptionResponse>> subscribe(
            @Valid @RequestBody NewSubscription request, ServerHttpRequest http) {
        Target target = request.target().toTarget(request.channel());
        String manageToken = CapabilityTokens.random();
        String confirmationToken = CapabilityTokens.random();
        String network = SubscriberNetwork.of(http);
        return channels.available(request.channel())
                .check(target)
                .then(channels.checkContact(target))
                .then(Mono.fromSupplier(() -> request.begin(target, network, manageToken, confirmationToken, now())))
                .doOnNext(subscription -> limits.take(network))
                .delayUntil(subscription -> limits.check(subscription.namedFrom()))
                .flatMap(subscriptions::add)
                .doOnNext(added -> {
                    if (added.state() == State.PENDING) {
                        confirmation.ask(added, confirmationToken, network);
                    }
                })
                .map(added -> ResponseEntity.created(URI.create("/api/subscriptions/" + added.id()))
                        .eTag(Long.toString(added.version()))
                        .cacheControl(CacheControl.noStore())
                        .body(SubscriptionResponse.created(
                                added, added.state() == State.PENDING ? null : manageToken, secret(added))));
    }

    @GetMapping("/{id}")
    Mono<ResponseEntity<SubscriptionResponse>> read(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String authorization) {
        return holders.find(id, authorization).map(SubscriptionController::answer);
    }

    /** Changes what is wanted; a disabled subscription is active again, since its holder wants it. */
    @PutMapping("/{id}")
    Mono<ResponseEntity<SubscriptionResponse>> change(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String authorization,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody Mono<SubscriptionChange> request) {
        return holders.find(id, authorization)
                .doOnNext(read -> IfMatch.required(ifMatch, read.version(), thing(id)))
                .delayUntil(read -> read.state() == State.DISABLED ? limits.check(read.namedFrom()) : Mono.empty())
                .flatMap(read -> request.flatMap(change -> store(change, read)))
                .filter(stored -> stored)
                .switchIfEmpty(Mono.error(() -> IfMatch.stale(thing(id))))
                .then(subscriptions.enable(id))
                .then(holders.find(id, authorization))
                .map(SubscriptionController::answer);
    }

    private Mono<Boolean> store(SubscriptionChange change, Subscription read) {
        return subscriptions.change(
                read,
                change.filter().toFilter(),
                change.schedule().toSchedule(read.channel()),
                change.language() == null ? read.language() : LanguageTag.toLocale(change.language()));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> end(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String authorization) {
        return holders.find(id, authorization)
                .flatMap(subscription -> removal.remove(subscription.id()))
                .then();
    }

    private static ResponseEntity<SubscriptionResponse> answer(Subscription subscription) {
        return ResponseEntity.ok()
                .eTag(Long.toString(subscription.version()))
                .cacheControl(CacheControl.noStore().cachePrivate())
                .body(SubscriptionResponse.of(subscription));
    }

    private static @Nullable String secret(Subscription subscription) {
        return subscription.secrets().isEmpty()
                ? null
                : subscription.secrets().get(0).value();
    }

    private static String thing(String id) {
        return "Subscription '" + id + "'";
    }

    /** What its holder wants from now on; where it goes does not change. */
    record SubscriptionChange(
            @NotNull @Valid FilterRequest filter,
            @JsonUnwrapped @Valid ScheduleRequest schedule,
            @Nullable @Size(max = 35) String language) {}

    /** As precise as the store keeps it, so that each answer says the same. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
