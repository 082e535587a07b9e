package broadsheet.notification.delivery.sending;

import broadsheet.notification.delivery.Delivery;
import broadsheet.notification.delivery.EarlierDeliveries;
import broadsheet.notification.event.PublicEvent;
import broadsheet.notification.event.StoredEvents;
import broadsheet.notification.subscription.Subscriptions;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Reads whom deliveries go to and what they tell, once they are claimed. */
@Component
class MessageContentsReader {

    private final Subscriptions subscriptions;
    private final StoredEvents events;
    private final EarlierDeliveries earlier;

    MessageContentsReader(Subscriptions subscriptions, StoredEvents events, EarlierDeliveries earlier) {
        this.subscriptions = subscriptions;
        this.events = events;
        this.earlier = earlier;
    }

    Mono<MessageContents> read(Collection<Delivery> deliveries) {
        Set<String> receivers = deliveries.stream().map(Delivery::subscription).collect(Collectors.toSet());
        Set<String> told = deliveries.stream()
                .flatMap(one -> Stream.of(one.event(), one.overtakenBy()))
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        return Mono.zip(subscriptions.byIds(receivers), events.byIds(told), corrections(deliveries), untold(deliveries))
                .map(read -> new MessageContents(read.getT1(), read.getT2(), read.getT3(), read.getT4()));
    }

    /** What waits in time is marked by the correction that comes; what is added late may come behind it. */
    private Mono<List<PublicEvent>> corrections(Collection<Delivery> deliveries) {
        Set<String> articles = deliveries.stream()
                .filter(Delivery::late)
                .map(Delivery::article)
                .collect(Collectors.toSet());
        return articles.isEmpty()
                ? Mono.just(List.of())
                : events.corrections(articles).collectList();
    }

    private Mono<Set<String>> untold(Collection<Delivery> deliveries) {
        List<Delivery> unsure = deliveries.stream().filter(Delivery::ifTold).toList();
        return unsure.isEmpty() ? Mono.just(Set.of()) : earlier.untold(unsure);
    }
}
