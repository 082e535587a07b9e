package broadsheet.notification.email;

import broadsheet.notification.subscription.SubscriptionRemoval;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/**
 * Ends a subscription by the link in its mails. Reading the link ends nothing, since programs that look for malware follow
 * it; a POST does, by the button of the page or by a mail program (RFC 8058), whatever body it has and however often.
 */
@RestController
class UnsubscribeController {

    private final UnsubscribeTokens tokens;
    private final SubscriptionRemoval removal;
    private final EmailPages pages;

    UnsubscribeController(UnsubscribeTokens tokens, SubscriptionRemoval removal, EmailPages pages) {
        this.tokens = tokens;
        this.removal = removal;
        this.pages = pages;
    }

    @GetMapping("/unsubscribe/{token}")
    Mono<ResponseEntity<String>> ask(@PathVariable String token, ServerHttpRequest request) {
        return tokens.subscription(token)
                .map(subscription -> pages.page(HttpStatus.OK, "unsubscribe.ask", true, request))
                .defaultIfEmpty(unknown(request));
    }

    @PostMapping("/unsubscribe/{token}")
    Mono<ResponseEntity<String>> unsubscribe(@PathVariable String token, ServerHttpRequest request) {
        return tokens.subscription(token)
                .flatMap(removal::remove)
                .map(removed -> pages.page(HttpStatus.OK, "unsubscribe.done", false, request))
                .defaultIfEmpty(unknown(request));
    }

    private ResponseEntity<String> unknown(ServerHttpRequest request) {
        return pages.page(HttpStatus.NOT_FOUND, "unsubscribe.unknown", false, request);
    }
}
