package broadsheet.notification.delivery;

import static broadsheet.notification.delivery.DeliveryExamples.byEmail;
import static broadsheet.notification.delivery.DeliveryExamples.event;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.set;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.notification.ArticleEvents;
import broadsheet.notification.subscription.MatchingSubscriptions;
import broadsheet.notification.subscription.Subscription;
import broadsheet.notification.subscription.Subscriptions;
import broadsheet.testservers.TestServers;
import com.mongodb.reactivestreams.client.MongoClients;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.SimpleReactiveMongoDatabaseFactory;

class UnreadableSubscriptionIntegrationTests {

    @Test
    void aSubscriptionThatCannotBeReadKeepsNobodyElseFromNews() {
        try (var client = MongoClients.create(TestServers.mongoUri("unreadable"))) {
            var mongo = new ReactiveMongoTemplate(
                    new SimpleReactiveMongoDatabaseFactory(client, "unreadable-" + UUID.randomUUID()));
            var subscriptions = new Subscriptions(mongo);
            subscriptions.add(byEmail("of-a-later-release")).block();
            subscriptions.add(byEmail("reader")).block();
            mongo.execute(
                            subscriptions.collection(),
                            stored -> stored.updateOne(
                                    eq("_id", "of-a-later-release"), set("schedule.zone", "Europe/Utopia")))
                    .blockLast();

            assertThat(new MatchingSubscriptions(mongo)
                            .of(event(ArticleEvents.published("article", "news")), "")
                            .map(Subscription::id)
                            .collectList()
                            .block())
                    .containsExactly("reader");
        }
    }
}
