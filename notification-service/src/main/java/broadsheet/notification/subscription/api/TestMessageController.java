package broadsheet.notification.subscription.api;

import broadsheet.notification.channel.DeliveryOutcome;
import broadsheet.notification.channel.OutgoingMessage;
import broadsheet.notification.subscription.ManageTokens;
import broadsheet.notification.subscription.PerSubscriptionLimit;
import broadsheet.notification.subscription.Subscription;
import broadsheet.web.problem.ProblemException;
import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Lets a subscription's holder try whether messages arrive, once in 10 s. */
@RestController
class TestMessageController {

    private final ManageTokens holders;
    private final OfferedChannels channels;
    private final PerSubscriptionLimit limit = new PerSubscriptionLimit(Duration.ofSeconds(10));

    TestMessageController(ManageTokens holders, OfferedChannels channels) {
        this.holders = holders;
        this.channels = channels;
    }

    @PostMapping("/api/subscriptions/{id}/test")
    Mono<TestResult> test(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String authorization) {
        return holders.find(id, authorization)
                .doOnNext(this::check)
                .flatMap(subscription -> channels.available(subscription.channel())
                        .send(new OutgoingMessage(
                                UuidCreator.getTimeOrderedEpoch().toString(),
                                subscription,
                                List.of(),
                                OutgoingMessage.Kind.TEST)))
                .map(TestResult::of);
    }

    private void check(Subscription subscription) {
        if (!subscription.isActive()) {
            throw new ProblemException(HttpStatus.CONFLICT, "The subscription is not active");
        }
        limit.take(subscription.id());
    }

    /**
     * What became of a test.
     *
     * @param status of HTTP or SMTP; none where the receiver gave none
     * @param detail why it did not arrive; none where it did
     */
    record TestResult(
            boolean delivered,
            @Nullable Integer status,
            @Nullable String detail) {

        static TestResult of(DeliveryOutcome outcome) {
            return new TestResult(outcome instanceof DeliveryOutcome.Delivered, outcome.status(), outcome.detail());
        }
    }
}
