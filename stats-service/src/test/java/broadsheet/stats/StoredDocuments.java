package broadsheet.stats;

import static com.mongodb.client.model.Filters.eq;
import static java.util.Objects.requireNonNull;

import broadsheet.stats.generation.ServedCollections;
import broadsheet.stats.generation.ServedGenerations;
import broadsheet.stats.store.StatsCollections;
import com.mongodb.ConnectionString;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The documents of the service, read beside it. */
public final class StoredDocuments implements AutoCloseable {

    private final MongoClient client;
    private final ReactiveMongoTemplate mongo;

    public StoredDocuments(String uri) {
        var connection = new ConnectionString(uri);
        client = MongoClients.create(connection);
        mongo = new ReactiveMongoTemplate(client, requireNonNull(connection.getDatabase()));
    }

    public StatsCollections collections() {
        return new StatsCollections(mongo);
    }

    public ServedCollections served() {
        return new ServedCollections(collections(), new ServedGenerations(collections()));
    }

    public <C extends StatsCollections> C collections(Function<ReactiveMongoTemplate, C> collections) {
        return collections.apply(mongo);
    }

    public List<Document> all(String collection, Bson filter) {
        return mongo.getCollection(collection)
                .flatMapMany(documents -> Flux.from(documents.find(filter)))
                .collectList()
                .blockOptional()
                .orElseThrow();
    }

    public @Nullable Document find(String collection, String id) {
        return mongo.getCollection(collection)
                .flatMap(documents -> Mono.from(documents.find(eq("_id", id))))
                .block();
    }

    public void insert(String collection, Document document) {
        mongo.getCollection(collection)
                .flatMap(documents -> Mono.from(documents.insertOne(document)))
                .block();
    }

    public void insertAll(String collection, Collection<Document> documents) {
        mongo.getCollection(collection)
                .flatMap(stored -> Mono.from(stored.insertMany(List.copyOf(documents))))
                .block();
    }

    public void createIndexes(String collection, List<IndexModel> indexes) {
        mongo.getCollection(collection)
                .flatMapMany(documents -> documents.createIndexes(indexes))
                .blockLast();
    }

    public void set(String collection, String id, String field, Object value) {
        mongo.getCollection(collection)
                .flatMap(documents -> Mono.from(documents.updateOne(eq("_id", id), Updates.set(field, value))))
                .block();
    }

    public void drop(String collection) {
        mongo.dropCollection(collection).block();
    }

    public void drop() {
        mongo.getMongoDatabase().flatMap(database -> Mono.from(database.drop())).block();
    }

    @Override
    public void close() {
        client.close();
    }
}
