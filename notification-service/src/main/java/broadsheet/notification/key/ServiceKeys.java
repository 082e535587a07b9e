package broadsheet.notification.key;

import java.time.InstantSource;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.bson.Document;
import org.bson.types.Binary;
import org.springframework.dao.DataAccessException;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Keys that are generated once and kept in the store, so that all instances have the same ones, also after a restart. */
@Component
public class ServiceKeys {

    private static final String COLLECTION = "notificationKeys";

    private final ReactiveMongoTemplate mongo;
    private final InstantSource clock;
    private final Map<String, byte[]> known = new ConcurrentHashMap<>();

    ServiceKeys(ReactiveMongoTemplate mongo, InstantSource clock) {
        this.mongo = mongo;
        this.clock = clock;
    }

    /**
     * The key of this name. The first instance that asks for it stores what the generator gives, and the others get that
     * one; it is read from the store once.
     */
    public Mono<byte[]> get(String name, Supplier<byte[]> generator) {
        return Mono.fromSupplier(() -> known.get(name))
                .switchIfEmpty(stored(name)
                        .switchIfEmpty(Mono.defer(() -> insert(name, generator.get())))
                        .doOnNext(key -> known.put(name, key)))
                .map(byte[]::clone);
    }

    private Mono<byte[]> stored(String name) {
        return mongo.findById(name, Document.class, COLLECTION)
                .map(document -> document.get("key", Binary.class).getData());
    }

    private Mono<byte[]> insert(String name, byte[] key) {
        return mongo.insert(
                        new Document("_id", name)
                                .append("key", new Binary(key))
                                .append("createdAt", Date.from(clock.instant())),
                        COLLECTION)
                .thenReturn(key)
                .onErrorResume(DataAccessException.class, e -> stored(name).switchIfEmpty(Mono.error(e)));
    }
}
