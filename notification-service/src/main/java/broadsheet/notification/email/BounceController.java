package broadsheet.notification.email;

import broadsheet.notification.subscription.Subscriptions;
import broadsheet.web.problem.ProblemException;
import jakarta.mail.MessagingException;
import java.time.InstantSource;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Takes reports of bounces and complaints, as the mail server that gets them pipes them on, and disables what they are about. */
@RestController
class BounceController {

    private final UnsubscribeTokens tokens;
    private final Subscriptions subscriptions;
    private final InstantSource clock;

    BounceController(UnsubscribeTokens tokens, Subscriptions subscriptions, InstantSource clock) {
        this.tokens = tokens;
        this.subscriptions = subscriptions;
        this.clock = clock;
    }

    @PostMapping(path = "/api/deliveries/bounces", consumes = "message/rfc822")
    Mono<Result> take(@RequestBody byte[] mail) {
        return Mono.fromCallable(() -> BounceReport.read(mail))
                .subscribeOn(Schedulers.boundedElastic())
                .onErrorMap(
                        MessagingException.class,
                        e -> new ProblemException(
                                HttpStatus.UNPROCESSABLE_CONTENT, "This is no report of a bounce or complaint"))
                .flatMap(this::disable);
    }

    private Mono<Result> disable(BounceReport report) {
        String verdict = report.verdict();
        if (verdict == null) {
            return Mono.just(new Result(false, "It may pass: nothing is disabled"));
        }
        String token = report.unsubscribeToken();
        return (token == null ? Mono.<String>empty() : tokens.subscription(token))
                .flatMap(subscription -> subscriptions.disable(subscription, verdict, clock.instant()))
                .map(disabled ->
                        disabled ? new Result(true, verdict) : new Result(false, "It is disabled already, or gone"))
                .defaultIfEmpty(new Result(false, "It is not about a mail of ours, or does not have its headers"));
    }

    /**
     * What became of a report.
     *
     * @param disabled whether a subscription was disabled by it
     */
    record Result(boolean disabled, String why) {}
}
