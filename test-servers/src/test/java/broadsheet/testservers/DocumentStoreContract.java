package broadsheet.testservers;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Sorts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the services rely on, the same on the embedded server and on MongoDB: the tests of each topic run on both, with a
 * collection of their own.
 */
@ParameterizedClass
@MethodSource("servers")
abstract class DocumentStoreContract {

    @Parameter
    String uri = "";

    MongoClient client;
    MongoCollection<Document> things;

    @SuppressWarnings("NullAway.Init") // before each test
    DocumentStoreContract() {}

    static Stream<Named<String>> servers() {
        return MongoServers.uris("contract");
    }

    @BeforeEach
    void connect() {
        client = MongoClients.create(uri);
        things = client.getDatabase("contract").getCollection("things-" + UUID.randomUUID());
    }

    @AfterEach
    void disconnect() {
        things.drop();
        client.close();
    }

    Document only(Bson filter) {
        List<Document> found = things.find(filter).into(new ArrayList<>());
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    List<Object> ids(Bson filter) {
        return things.find(filter)
                .sort(Sorts.ascending("_id"))
                .map(found -> found.get("_id"))
                .into(new ArrayList<>());
    }

    static Document thing(Object id) {
        return new Document("_id", id);
    }

    static <T> List<T> atOnce(int threads, Callable<T> work) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> future : executor.invokeAll(Collections.nCopies(threads, work))) {
                results.add(future.get());
            }
            return results;
        } finally {
            executor.shutdownNow();
        }
    }
}
