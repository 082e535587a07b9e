package broadsheet.notification.delivery.matching;

import static broadsheet.notification.ArticleEvents.ofVersion;
import static broadsheet.notification.delivery.DeliveryExamples.NOW;
import static broadsheet.notification.delivery.DeliveryExamples.byEmail;
import static broadsheet.notification.delivery.DeliveryExamples.delivery;
import static broadsheet.notification.delivery.DeliveryExamples.event;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import broadsheet.notification.ArticleEvents;
import broadsheet.notification.DocumentsById;
import broadsheet.notification.delivery.Deliveries;
import broadsheet.notification.delivery.Delivery;
import broadsheet.notification.delivery.Delivery.Attempt;
import broadsheet.notification.delivery.DeliveryDocument;
import broadsheet.notification.delivery.EarlierDeliveries;
import broadsheet.notification.event.PublicEvent;
import broadsheet.notification.subscription.Subscription;
import broadsheet.notification.subscription.Subscriptions;
import broadsheet.testservers.TestServers;
import com.mongodb.reactivestreams.client.MongoClients;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.SimpleReactiveMongoDatabaseFactory;
import reactor.core.publisher.Mono;

class FollowUpMatcherIntegrationTests {

    private static final Duration TIME_LIMIT = Duration.ofMinutes(1);

    private final Subscription reader = byEmail("reader");
    private final PublicEvent published = event(ArticleEvents.published("article", "news"));
    private final PublicEvent withdrawn = event(ofVersion(4, ArticleEvents.withdrawn("article", "news")));
    private final Delivery publication = delivery(published, reader);

    @Test
    void aWithdrawalFollowsWhatWasBeingSentOnlyWhereThatWasSent() {
        try (var client = MongoClients.create(TestServers.mongoUri("follow-ups"))) {
            var mongo = new ReactiveMongoTemplate(
                    new SimpleReactiveMongoDatabaseFactory(client, "follow-ups-" + UUID.randomUUID()));
            var deliveries = new Deliveries(mongo);
            var earlier = new EarlierDeliveries(mongo);
            deliveries.add(List.of(publication)).block(TIME_LIMIT);
            change(mongo, set("state", "SENDING"));

            matcher(mongo, earlier, deliveries)
                    .tellInstead(withdrawn, "withdrawn", null)
                    .block(TIME_LIMIT);

            Delivery followUp = deliveries
                    .list(eq("event", withdrawn.notification().id()), 1)
                    .single()
                    .blockOptional(TIME_LIMIT)
                    .orElseThrow();
            assertThat(followUp).matches(Delivery::ifTold);
            assertThat(untold(earlier, followUp)).isEmpty();
            change(mongo, set("state", "SUPPRESSED"));
            assertThat(untold(earlier, followUp)).containsExactly(followUp.id());
            var attempt = DeliveryDocument.of(new Attempt(NOW, Duration.ZERO, 451, "Busy"));
            change(mongo, combine(set("attempts", List.of(attempt))));
            assertThat(untold(earlier, followUp)).isEmpty();
        }
    }

    private FollowUpMatcher matcher(ReactiveMongoTemplate mongo, EarlierDeliveries earlier, Deliveries deliveries) {
        Subscriptions subscriptions = mock(Subscriptions.class);
        when(subscriptions.byIds(any()))
                .thenReturn(Mono.just(new DocumentsById<>(Map.of(reader.id(), reader), Map.of())));
        DueTime due = mock(DueTime.class);
        when(due.of(any(), any())).thenReturn(NOW);
        return new FollowUpMatcher(
                earlier, deliveries, subscriptions, new MatchingProgress(mongo), due, InstantSource.fixed(NOW));
    }

    private static Set<String> untold(EarlierDeliveries earlier, Delivery followUp) {
        return earlier.untold(List.of(followUp)).blockOptional(TIME_LIMIT).orElseThrow();
    }

    private void change(ReactiveMongoTemplate mongo, Bson update) {
        mongo.execute(Deliveries.COLLECTION, stored -> stored.updateOne(eq("_id", publication.id()), update))
                .blockLast(TIME_LIMIT);
    }
}
