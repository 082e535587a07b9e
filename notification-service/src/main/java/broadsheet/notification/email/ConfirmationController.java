package broadsheet.notification.email;

import broadsheet.notification.subscription.CapabilityTokens;
import broadsheet.notification.subscription.SubscriberNetwork;
import broadsheet.notification.subscription.Subscription;
import broadsheet.notification.subscription.Subscription.Confirmation;
import broadsheet.notification.subscription.Subscription.Consent;
import broadsheet.notification.subscription.Subscriptions;
import java.time.Instant;
import java.time.InstantSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/**
 * The double opt-in: whoever reads an address's mail confirms its subscription. Reading the link confirms nothing; the button
 * of its page does, and what was agreed to is recorded.
 */
@RestController
class ConfirmationController {

    /** Of the page's words: a new version whenever they come to say something else. */
    private static final String WORDING = "2026-11";

    private final Subscriptions subscriptions;
    private final EmailPages pages;
    private final InstantSource clock;

    ConfirmationController(Subscriptions subscriptions, EmailPages pages, InstantSource clock) {
        this.subscriptions = subscriptions;
        this.pages = pages;
        this.clock = clock;
    }

    @GetMapping("/subscriptions/confirm/{token}")
    Mono<ResponseEntity<String>> ask(@PathVariable String token, ServerHttpRequest request) {
        return subscriptions
                .byConfirmation(CapabilityTokens.hash(token))
                .map(subscription -> page(subscription, request))
                .defaultIfEmpty(gone(request));
    }

    @PostMapping("/subscriptions/confirm/{token}")
    Mono<ResponseEntity<String>> confirm(@PathVariable String token, ServerHttpRequest request) {
        return subscriptions
                .byConfirmation(CapabilityTokens.hash(token))
                .flatMap(subscription -> confirm(subscription, request))
                .defaultIfEmpty(gone(request));
    }

    private Mono<ResponseEntity<String>> confirm(Subscription subscription, ServerHttpRequest request) {
        Confirmation asked = subscription.confirmation();
        if (asked == null || !canBeConfirmed(subscription, asked)) {
            return Mono.just(page(subscription, request));
        }
        Instant now = clock.instant();
        var consent = new Consent(now, WORDING, SubscriberNetwork.of(request));
        var confirmed = new Confirmation(asked.tokenHash(), asked.expiresAt(), consent);
        String manageToken = CapabilityTokens.random();
        return subscriptions
                .confirm(subscription.id(), confirmed, CapabilityTokens.hash(manageToken), now)
                .map(first -> first
                        ? pages.confirmed(subscription.id(), manageToken, request)
                        : pages.page(HttpStatus.OK, "confirm.done", false, request));
    }

    private ResponseEntity<String> page(Subscription subscription, ServerHttpRequest request) {
        Confirmation asked = subscription.confirmation();
        if (asked != null && canBeConfirmed(subscription, asked)) {
            return pages.page(HttpStatus.OK, "confirm.ask", true, request);
        }
        return subscription.isActive() ? pages.page(HttpStatus.OK, "confirm.done", false, request) : gone(request);
    }

    private boolean canBeConfirmed(Subscription subscription, Confirmation asked) {
        return subscription.state() == Subscription.State.PENDING
                && clock.instant().isBefore(asked.expiresAt());
    }

    /** Also of a link that never was one: a subscription that nobody confirmed in time is deleted. */
    private ResponseEntity<String> gone(ServerHttpRequest request) {
        return pages.page(HttpStatus.GONE, "confirm.gone", false, request);
    }
}
