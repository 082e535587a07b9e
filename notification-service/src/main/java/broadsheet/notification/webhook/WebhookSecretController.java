package broadsheet.notification.webhook;

import broadsheet.notification.subscription.Channel;
import broadsheet.notification.subscription.ManageTokens;
import broadsheet.notification.subscription.Subscription;
import broadsheet.notification.subscription.Subscriptions;
import broadsheet.notification.subscription.WebhookSecret;
import broadsheet.web.problem.ProblemException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Replaces the secret of a webhook; the old one goes on signing beside it for a day. */
@RestController
class WebhookSecretController {

    private final ManageTokens holders;
    private final Subscriptions subscriptions;
    private final InstantSource clock;

    WebhookSecretController(ManageTokens holders, Subscriptions subscriptions, InstantSource clock) {
        this.holders = holders;
        this.subscriptions = subscriptions;
        this.clock = clock;
    }

    /** The only answer that ever shows the new secret. */
    @PostMapping("/api/subscriptions/{id}/secret")
    Mono<ResponseEntity<NewSecret>> replace(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String authorization) {
        return holders.find(id, authorization).flatMap(this::replace);
    }

    private Mono<ResponseEntity<NewSecret>> replace(Subscription webhook) {
        if (webhook.channel() != Channel.WEBHOOK) {
            return Mono.error(new ProblemException(HttpStatus.CONFLICT, "Only a webhook has a secret"));
        }
        List<WebhookSecret> secrets = SecretRotation.rotated(webhook.secrets(), clock.instant());
        return subscriptions
                .replaceSecrets(webhook, secrets)
                .filter(stored -> stored)
                .switchIfEmpty(Mono.error(
                        () -> new ProblemException(HttpStatus.CONFLICT, "The secret was replaced at the same time")))
                .thenReturn(
                        ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(NewSecret.of(secrets)));
    }

    /**
     * A new secret.
     *
     * @param previousValidUntil until when the one before signs too
     */
    record NewSecret(String secret, @Nullable Instant previousValidUntil) {

        static NewSecret of(List<WebhookSecret> secrets) {
            return new NewSecret(secrets.get(0).value(), secrets.get(1).validUntil());
        }
    }
}
