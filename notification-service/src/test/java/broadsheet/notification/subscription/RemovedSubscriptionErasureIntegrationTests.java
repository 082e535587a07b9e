package broadsheet.notification.subscription;

import static broadsheet.notification.delivery.DeliveryExamples.byEmail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import broadsheet.testservers.TestServers;
import com.mongodb.reactivestreams.client.MongoClients;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.SimpleReactiveMongoDatabaseFactory;
import reactor.core.publisher.Mono;

class RemovedSubscriptionErasureIntegrationTests {

    private final List<String> erased = new CopyOnWriteArrayList<>();
    private boolean storeIsAway = true;

    @Test
    void whatIsKeptOfARemovedSubscriptionIsErasedOnceTheServiceIsThereAgain() {
        SubscriptionListener keeper = id ->
                storeIsAway ? Mono.error(new IllegalStateException("away")) : Mono.fromRunnable(() -> erased.add(id));
        try (var client = MongoClients.create(TestServers.mongoUri("removed"))) {
            var mongo = new ReactiveMongoTemplate(
                    new SimpleReactiveMongoDatabaseFactory(client, "removed-" + UUID.randomUUID()));
            var subscriptions = new Subscriptions(mongo);
            var removal = new SubscriptionRemoval(
                    mongo,
                    new StaticListableBeanFactory(Map.of("keeper", keeper))
                            .getBeanProvider(SubscriptionListener.class));
            subscriptions.add(byEmail("gone")).block();
            subscriptions.add(byEmail("there")).block();
            new RemovedSubscriptions(mongo).note("there").block(); // and the service was killed before it was deleted
            assertThatThrownBy(() -> removal.remove("gone").block()).hasMessageContaining("away");
            assertThat(subscriptions.byId("gone").blockOptional()).isEmpty();

            storeIsAway = false;
            var erasure = new RemovedSubscriptionErasure(removal);
            erasure.run().block();
            erasure.run().block();

            assertThat(erased).containsExactly("gone");
        }
    }
}
