package broadsheet.notification.delivery.api;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;

import broadsheet.notification.delivery.Deliveries;
import broadsheet.notification.delivery.Delivery;
import broadsheet.notification.event.StoredEvents;
import broadsheet.notification.subscription.Subscription;
import broadsheet.notification.subscription.Subscriptions;
import broadsheet.web.paging.Page;
import broadsheet.web.problem.ProblemException;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Answers operators who are asked: why did I get this, and why not? */
@RestController
class ExplanationController {

    private static final int DELIVERIES = 1_000;

    private final Subscriptions subscriptions;
    private final Deliveries deliveries;
    private final StoredEvents events;

    ExplanationController(Subscriptions subscriptions, Deliveries deliveries, StoredEvents events) {
        this.subscriptions = subscriptions;
        this.deliveries = deliveries;
        this.events = events;
    }

    /** For each event of an article that may still be told, oldest first. */
    @GetMapping("/api/deliveries/explanations")
    Mono<Page<DeliveryExplanation>> explain(@RequestParam String article, @RequestParam String subscription) {
        return subscriptions
                .byId(subscription)
                .switchIfEmpty(
                        Mono.error(() -> new ProblemException(HttpStatus.NOT_FOUND, "There is no such subscription")))
                .flatMap(found -> explain(article, found));
    }

    private Mono<Page<DeliveryExplanation>> explain(String article, Subscription subscription) {
        Mono<Map<String, Delivery>> byEvent = deliveries
                .list(and(eq("article", article), eq("subscription", subscription.id())), DELIVERIES)
                .collectMap(Delivery::event);
        return byEvent.flatMap(told -> events.ofArticle(article)
                .map(event -> DeliveryExplanation.of(
                        event, subscription, told.get(event.notification().id())))
                .collectList()
                .map(items -> new Page<>(items, null)));
    }
}
