package broadsheet.article.session;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import broadsheet.article.outbox.Outbox;
import broadsheet.article.outbox.OutboxCollection;
import com.nimbusds.jose.jwk.ECKey;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The key pairs in the store, which no other service reads; the outbox of each publishes its public part. */
@Component
class SigningKeys {

    private static final String COLLECTION = "signing_keys";

    private final ReactiveMongoTemplate mongo;
    private final InstantSource clock;

    SigningKeys(ReactiveMongoTemplate mongo, InstantSource clock) {
        this.mongo = mongo;
        this.clock = clock;
    }

    /** Stores a key together with the event that publishes it. */
    Mono<SigningKey> add(SigningKey key) {
        return Mono.deferContextual(request -> mongo.insert(
                        new Document("_id", key.id())
                                .append("jwk", key.pair().toJSONString())
                                .append("createdAt", Date.from(key.createdAt()))
                                .append("expiresAt", Date.from(key.expiresAt()))
                                .append(Outbox.FIELD, List.of(Outbox.entry(clock.instant(), key.toEvent(), request))),
                        COLLECTION))
                .thenReturn(key);
    }

    /** Publishes a key once more, for a topic that may have been lost; not one that was withdrawn meanwhile. */
    Mono<Void> publishAgain(SigningKey key) {
        return publish(key, where("_id").is(key.id()).and("expiresAt").is(key.expiresAt()), new Update());
    }

    /** Stores and publishes that a key no longer counts. */
    Mono<Void> withdraw(SigningKey key) {
        SigningKey withdrawn = key.withdrawn();
        return publish(withdrawn, where("_id").is(key.id()), new Update().set("expiresAt", withdrawn.expiresAt()));
    }

    private Mono<Void> publish(SigningKey key, Criteria stored, Update update) {
        return Mono.deferContextual(request -> mongo.updateFirst(
                        query(stored),
                        update.push(Outbox.FIELD, Outbox.entry(clock.instant(), key.toEvent(), request)),
                        COLLECTION))
                .then();
    }

    /** Those that still count, the oldest first; the others are deleted once nothing of them is left to publish. */
    Flux<SigningKey> unexpired() {
        Instant now = clock.instant();
        return mongo.remove(query(where("expiresAt").lte(now).and(Outbox.FIELD).size(0)), COLLECTION)
                .thenMany(mongo.find(
                        query(where("expiresAt").gt(now)).with(Sort.by("createdAt", "_id")),
                        Document.class,
                        COLLECTION))
                .map(SigningKeys::key);
    }

    private static SigningKey key(Document stored) {
        try {
            return new SigningKey(
                    ECKey.parse(stored.getString("jwk")),
                    stored.getDate("createdAt").toInstant(),
                    stored.getDate("expiresAt").toInstant(),
                    stored.getList(Outbox.FIELD, Document.class, List.of()).isEmpty());
        } catch (ParseException e) {
            throw new IllegalStateException("The signing key " + stored.getString("_id") + " is not a JWK", e);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class SigningKeysOutbox {

        @Bean
        OutboxCollection signingKeysOutbox() {
            return new OutboxCollection(COLLECTION);
        }
    }
}
