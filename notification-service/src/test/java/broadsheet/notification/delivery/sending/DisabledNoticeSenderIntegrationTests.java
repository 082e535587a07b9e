package broadsheet.notification.delivery.sending;

import static broadsheet.notification.delivery.DeliveryExamples.NOW;
import static broadsheet.notification.delivery.DeliveryExamples.webhook;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.set;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.notification.channel.DisabledNotice;
import broadsheet.notification.subscription.Subscription;
import broadsheet.notification.subscription.Subscriptions;
import broadsheet.testservers.TestServers;
import com.mongodb.reactivestreams.client.MongoClients;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.SimpleReactiveMongoDatabaseFactory;
import reactor.core.publisher.Mono;

class DisabledNoticeSenderIntegrationTests {

    private final List<String> told = new CopyOnWriteArrayList<>();
    private boolean mailServerIsAway;

    @Test
    void whoeverWasNotToldBecauseTheServiceWasKilledIsToldOnceLater() {
        try (var client = MongoClients.create(TestServers.mongoUri("notices"))) {
            var mongo = new ReactiveMongoTemplate(
                    new SimpleReactiveMongoDatabaseFactory(client, "notices-" + UUID.randomUUID()));
            var subscriptions = new Subscriptions(mongo);
            Subscription webhook = webhook("webhook", "gone.example");
            subscriptions.add(webhook).block();
            subscriptions.disable(webhook.id(), "It is gone", NOW).block(); // and then the service was killed
            addUnreadable(mongo, subscriptions);

            runAfter(Duration.ofSeconds(30), subscriptions);
            assertThat(told).isEmpty();
            mailServerIsAway = true;
            runAfter(Duration.ofMinutes(3), subscriptions);
            assertThat(told).isEmpty();
            mailServerIsAway = false;
            runAfter(Duration.ofMinutes(6), subscriptions);
            runAfter(Duration.ofMinutes(9), subscriptions);
        }
        assertThat(told).containsExactly("webhook: It is gone");
    }

    private static void addUnreadable(ReactiveMongoTemplate mongo, Subscriptions subscriptions) {
        subscriptions.add(webhook("a-later-release", "later.example")).block();
        subscriptions.disable("a-later-release", "It is gone", NOW).block();
        mongo.execute(
                        subscriptions.collection(),
                        stored -> stored.updateOne(eq("_id", "a-later-release"), set("channel", "PIGEON")))
                .blockLast();
    }

    private void runAfter(Duration time, Subscriptions subscriptions) {
        DisabledNotice notice = (disabled, reason) -> mailServerIsAway
                ? Mono.error(new IllegalStateException("away"))
                : Mono.fromRunnable(() -> told.add(disabled.id() + ": " + reason));
        var notices = new StaticListableBeanFactory(Map.of("notice", notice)).getBeanProvider(DisabledNotice.class);
        new DisabledNoticeSender(subscriptions, notices, InstantSource.fixed(NOW.plus(time)))
                .run()
                .block();
    }
}
