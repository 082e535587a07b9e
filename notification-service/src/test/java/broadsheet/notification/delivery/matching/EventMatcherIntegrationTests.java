package broadsheet.notification.delivery.matching;

import static broadsheet.notification.delivery.DeliveryExamples.NOW;
import static broadsheet.notification.delivery.DeliveryExamples.byEmail;
import static broadsheet.notification.delivery.DeliveryExamples.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyCollection;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import broadsheet.notification.ArticleEvents;
import broadsheet.notification.NotificationProperties;
import broadsheet.notification.delivery.Deliveries;
import broadsheet.notification.delivery.Delivery;
import broadsheet.notification.delivery.MatchingLoad;
import broadsheet.notification.event.PublicEvent;
import broadsheet.notification.event.StoredEvents;
import broadsheet.notification.subscription.MatchingSubscriptions;
import broadsheet.notification.subscription.Subscription;
import broadsheet.testservers.TestServers;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.SimpleReactiveMongoDatabaseFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class EventMatcherIntegrationTests {

    private static final int SUBSCRIPTIONS = 13_500;

    private final PublicEvent event = event(ArticleEvents.published("article", "news"));
    private final List<Subscription> subscriptions = IntStream.range(0, SUBSCRIPTIONS)
            .mapToObj(number -> byEmail("%06d".formatted(number)))
            .toList();
    private final List<String> told = new ArrayList<>();

    @Test
    void anEventThatTakesLongerThanOneTryGoesOnInTheNext() {
        try (MongoClient client = MongoClients.create(TestServers.mongoUri("matching"))) {
            var mongo = new ReactiveMongoTemplate(
                    new SimpleReactiveMongoDatabaseFactory(client, "matching-" + UUID.randomUUID()));
            mongo.insert(new Document("_id", event.notification().id()), StoredEvents.COLLECTION)
                    .block();

            assertThatThrownBy(() -> matcher(mongo, 12_000).match(event, null).block())
                    .hasMessageContaining("away");
            assertThat(told).hasSize(12_000).endsWith("011999");
            told.clear();
            matcher(mongo, SUBSCRIPTIONS).match(event, null).block();
        }
        assertThat(told).hasSize(3_500).startsWith("010000").endsWith("013499");
    }

    /** @param storeGoes after so many deliveries */
    private EventMatcher matcher(ReactiveMongoTemplate mongo, int storeGoes) {
        MatchingSubscriptions stored = mock(MatchingSubscriptions.class);
        when(stored.of(any(), anyString()))
                .thenAnswer(call ->
                        Flux.fromIterable(subscriptions).filter(one -> one.id().compareTo(call.getArgument(1)) > 0));
        Deliveries deliveries = mock(Deliveries.class);
        when(deliveries.add(anyCollection())).thenAnswer(call -> {
            Collection<Delivery> page = call.getArgument(0);
            if (told.size() >= storeGoes) {
                return Mono.error(new IllegalStateException("The store is away"));
            }
            page.forEach(delivery -> told.add(delivery.subscription()));
            return Mono.just((long) page.size());
        });
        when(deliveries.countMatched(anyString())).thenReturn(Mono.just(0L));
        StoredEvents events = mock(StoredEvents.class);
        when(events.matched(anyString(), anyLong(), any())).thenReturn(Mono.empty());
        NotificationProperties properties = mock(NotificationProperties.class);
        when(properties.breakingTag()).thenReturn("breaking");
        InstantSource clock = InstantSource.fixed(NOW);
        return new EventMatcher(
                stored,
                deliveries,
                mock(FollowUpMatcher.class),
                events,
                new MatchingProgress(mongo),
                properties,
                new MatchingLoad(clock),
                new DueTime(properties, clock),
                clock);
    }
}
