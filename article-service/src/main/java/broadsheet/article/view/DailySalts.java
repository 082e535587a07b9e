package broadsheet.article.view;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.bson.Document;
import org.bson.types.Binary;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * The random salt of each day (UTC), the same in every instance. Those of earlier days than yesterday are deleted, and
 * with them the way back from a visitor's key to an address.
 */
@Component
class DailySalts {

    private static final String COLLECTION = "view_salts";
    private static final int SALT_BYTES = 32;
    private static final Duration CACHED_FOR = Duration.ofHours(24);

    private final ReactiveMongoTemplate mongo;
    private final SecureRandom random = new SecureRandom();
    private final AsyncCache<LocalDate, byte[]> salts =
            Caffeine.newBuilder().expireAfterWrite(CACHED_FOR).maximumSize(2).buildAsync();

    DailySalts(ReactiveMongoTemplate mongo) {
        this.mongo = mongo;
    }

    Mono<byte[]> of(LocalDate day) {
        return Mono.fromFuture(() -> salts.get(day, (key, executor) -> load(key).toFuture()), true);
    }

    private Mono<byte[]> load(LocalDate day) {
        var bytes = new byte[SALT_BYTES];
        random.nextBytes(bytes);
        var update = new Update()
                .setOnInsert("salt", new Binary(bytes))
                .setOnInsert("day", day.atStartOfDay(ZoneOffset.UTC).toInstant());
        Query ofDay = query(where("_id").is(day.toString()));
        return deleteBefore(day.minusDays(1))
                .then(mongo.upsert(ofDay, update, COLLECTION))
                .onErrorComplete(DuplicateKeyException.class) // another instance was first
                .then(mongo.findOne(ofDay, Document.class, COLLECTION))
                .map(document -> document.get("salt", Binary.class).getData());
    }

    private Mono<Void> deleteBefore(LocalDate day) {
        return mongo.remove(query(where("_id").lt(day.toString())), COLLECTION).then();
    }
}
