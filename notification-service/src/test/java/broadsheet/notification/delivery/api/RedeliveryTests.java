package broadsheet.notification.delivery.api;

import static broadsheet.notification.delivery.DeliveryExamples.NOW;
import static broadsheet.notification.delivery.DeliveryExamples.byEmail;
import static broadsheet.notification.delivery.DeliveryExamples.delivery;
import static broadsheet.notification.delivery.DeliveryExamples.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import broadsheet.notification.ArticleEvents;
import broadsheet.notification.delivery.Deliveries;
import broadsheet.notification.delivery.Delivery;
import broadsheet.notification.delivery.SubscriptionDeliveries;
import broadsheet.notification.delivery.sending.QueueWakeUps;
import broadsheet.notification.event.PublicEvent;
import broadsheet.notification.event.StoredEvents;
import broadsheet.notification.subscription.Subscription;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class RedeliveryTests {

    private final Subscription reader = byEmail("reader");
    private final PublicEvent event = event(ArticleEvents.published("article", "news"));
    private final Deliveries deliveries = mock(Deliveries.class);
    private final SubscriptionDeliveries ofSubscription = mock(SubscriptionDeliveries.class);
    private final StoredEvents events = mock(StoredEvents.class);
    private final Redelivery redelivery =
            new Redelivery(events, deliveries, ofSubscription, mock(QueueWakeUps.class), InstantSource.fixed(NOW));

    @Test
    void whoeverHangsUpIsToldAllTheSame() {
        var told = new CopyOnWriteArrayList<String>();
        Sinks.One<Long> store = Sinks.one();
        when(ofSubscription.sendAgain("reader", List.of(event.notification().id()), NOW))
                .thenReturn(store.asMono());
        when(events.since(Instant.EPOCH)).thenReturn(Flux.just(event));
        when(deliveries.addLate(any())).thenAnswer(call -> {
            call.<List<Delivery>>getArgument(0).forEach(one -> told.add(one.id()));
            return Mono.just(1L);
        });

        redelivery.tellSince(reader, Instant.EPOCH).subscribe().dispose();
        store.tryEmitValue(0L);

        assertThat(told).containsExactly(delivery(event, reader).id());
    }
}
