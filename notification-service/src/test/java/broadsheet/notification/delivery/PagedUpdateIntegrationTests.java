package broadsheet.notification.delivery;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.set;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.testservers.TestServers;
import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandSucceededEvent;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.SimpleReactiveMongoDatabaseFactory;

class PagedUpdateIntegrationTests {

    private static final String COLLECTION = "pages";

    private final List<Integer> updated = new CopyOnWriteArrayList<>();

    @Test
    void noWriteIsLongerThanAPageHoweverManyThereAre() {
        try (MongoClient client = client()) {
            var mongo = new ReactiveMongoTemplate(
                    new SimpleReactiveMongoDatabaseFactory(client, "pages-" + UUID.randomUUID()));
            List<Document> waiting = IntStream.range(0, 2 * PagedUpdate.PAGE + 1)
                    .mapToObj(number -> new Document("_id", "event:" + number).append("state", "WAITING"))
                    .toList();
            mongo.insert(waiting, COLLECTION)
                    .then(mongo.insert(new Document("_id", "event:0a").append("state", "SENT"), COLLECTION))
                    .block();

            var update = new PagedUpdate(mongo, COLLECTION, eq("state", "WAITING"), set("state", "ENDED"));
            update.run().block();
            update.run().block();

            assertThat(updated).containsExactly(PagedUpdate.PAGE, PagedUpdate.PAGE, 1);
            assertThat(mongo.execute(COLLECTION, pages -> pages.countDocuments(eq("state", "SENT")))
                            .blockFirst())
                    .isEqualTo(1);
        }
    }

    private MongoClient client() {
        return MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(TestServers.mongoUri("pages")))
                .addCommandListener(new CommandListener() {
                    @Override
                    public void commandSucceeded(CommandSucceededEvent event) {
                        if (event.getCommandName().equals("update")) {
                            updated.add(
                                    event.getResponse().getNumber("nModified").intValue());
                        }
                    }
                })
                .build());
    }
}
