package broadsheet.notification.delivery.sending;

import static broadsheet.notification.delivery.DeliveryExamples.NOW;
import static broadsheet.notification.delivery.DeliveryExamples.delivery;
import static broadsheet.notification.delivery.DeliveryExamples.event;
import static broadsheet.notification.delivery.DeliveryExamples.webhook;
import static broadsheet.testservers.PatientAwait.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyList;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import broadsheet.notification.ArticleEvents;
import broadsheet.notification.DocumentsById;
import broadsheet.notification.delivery.Deliveries;
import broadsheet.notification.delivery.EarlierDeliveries;
import broadsheet.notification.delivery.MatchingLoad;
import broadsheet.notification.delivery.QueueNames;
import broadsheet.notification.delivery.RecordingChannel;
import broadsheet.notification.event.PublicEvent;
import broadsheet.notification.event.StoredEvents;
import broadsheet.notification.subscription.Channel;
import broadsheet.notification.subscription.Subscription;
import broadsheet.notification.subscription.Subscriptions;
import broadsheet.testservers.TestServers;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.SimpleReactiveMongoDatabaseFactory;
import reactor.core.publisher.Mono;

class ChannelSenderIntegrationTests {

    private final PublicEvent event = event(ArticleEvents.published("article", "news"));
    private final RecordingChannel webhooks = new RecordingChannel(Channel.WEBHOOK);

    @Test
    void aHostThatHangsHoldsUpNoOtherHoweverManySubscriptionsItHas() {
        List<Subscription> subscriptions = new ArrayList<>(IntStream.range(0, 1_200)
                .mapToObj(number -> webhook("hanging-" + number, "hanging.example"))
                .toList());
        subscriptions.forEach(hanging -> webhooks.answer(hanging.id(), Mono.never()));
        subscriptions.add(webhook("of-another-host", "healthy.example")); // the last in the order of the queue
        try (MongoClient client = MongoClients.create(TestServers.mongoUri("sender"))) {
            var mongo = new ReactiveMongoTemplate(
                    new SimpleReactiveMongoDatabaseFactory(client, "sender-" + UUID.randomUUID()));
            new Deliveries(mongo)
                    .add(subscriptions.stream()
                            .map(subscription -> delivery(event, subscription))
                            .toList())
                    .block();
            var sending = sender(mongo, subscriptions)
                    .sendUntil(Mono.never(), allPartitions())
                    .subscribe();

            await().untilAsserted(
                            () -> assertThat(webhooks.sentTo("of-another-host")).hasSize(1));
            sending.dispose();
        }
        assertThat(subscriptions.stream()
                        .filter(one -> !webhooks.sentTo(one.id()).isEmpty()))
                .hasSize(50 + 1);
    }

    private ChannelSender sender(ReactiveMongoTemplate mongo, List<Subscription> subscriptions) {
        var unreadable = new UnreadableDeliveries(
                mongo, new DeliveryMetrics(new SimpleMeterRegistry()), InstantSource.fixed(NOW));
        Map<String, Subscription> byId =
                subscriptions.stream().collect(Collectors.toMap(Subscription::id, Function.identity()));
        Subscriptions stored = mock(Subscriptions.class);
        when(stored.byIds(any())).thenReturn(Mono.just(new DocumentsById<>(byId, Map.of())));
        StoredEvents events = mock(StoredEvents.class);
        when(events.byIds(any()))
                .thenReturn(Mono.just(
                        new DocumentsById<>(Map.of(event.notification().id(), event), Map.of())));
        AttemptResults results = mock(AttemptResults.class);
        when(results.storeUnsent(anyList())).thenReturn(Mono.empty());
        when(results.store(anyList(), any(), any(), any())).thenReturn(Mono.empty());
        Deliveries deliveries = mock(Deliveries.class);
        when(deliveries.addLate(anyList())).thenReturn(Mono.just(0L));
        InstantSource clock = InstantSource.fixed(NOW);
        var queue = new ChannelQueue(
                webhooks,
                new DeliveryClaims(mongo, new DigestCompletion(mongo, unreadable), unreadable),
                new MessageContentsReader(stored, events, mock(EarlierDeliveries.class)),
                results,
                new MatchingLoad(clock),
                clock);
        return new ChannelSender(
                webhooks, queue, deliveries, results, new AttemptTraces(ObservationRegistry.NOOP), clock);
    }

    private static AssignedQueues allPartitions() {
        var partitions = new AssignedQueues();
        partitions
                .rebalanceListener()
                .onPartitionsAssigned(
                        mock(Consumer.class),
                        IntStream.range(0, QueueNames.PARTITIONS)
                                .mapToObj(partition -> new TopicPartition("deliveries", partition))
                                .toList());
        return partitions;
    }
}
