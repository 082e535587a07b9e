package broadsheet.article.account;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.bson.Document;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The networks that someone signed in from within 30 days: the last 10, as hashes, in the account's document. */
@Component
class KnownNetworks {

    static final Duration KNOWN_FOR = Duration.ofDays(30);

    private static final Duration RENEWED_AFTER = Duration.ofDays(1);
    private static final int MAX_NETWORKS = 10;
    private static final String FIELD = "signedInFrom";

    private final ReactiveMongoTemplate mongo;
    private final InstantSource clock;

    KnownNetworks(ReactiveMongoTemplate mongo, InstantSource clock) {
        this.mongo = mongo;
        this.clock = clock;
    }

    Mono<Boolean> contain(String username, String network) {
        return of(username).map(known -> has(known, hash(username, network), KNOWN_FOR));
    }

    /** Of two at the same time one may be lost, until its next sign-in. */
    Mono<Void> add(String username, String network) {
        String hash = hash(username, network);
        return of(username)
                .filter(known -> !has(known, hash, RENEWED_AFTER))
                .map(known -> Stream.concat(
                                Stream.of(new Document("network", hash).append("at", Date.from(clock.instant()))),
                                known.stream().filter(other -> !hash.equals(other.getString("network"))))
                        .limit(MAX_NETWORKS)
                        .toList())
                .flatMap(newest ->
                        mongo.updateFirst(byUsername(username), new Update().set(FIELD, newest), Accounts.COLLECTION))
                .then();
    }

    private Mono<List<Document>> of(String username) {
        Query account = byUsername(username);
        account.fields().include(FIELD);
        return mongo.findOne(account, Document.class, Accounts.COLLECTION)
                .map(found -> found.getList(FIELD, Document.class, List.of()));
    }

    private boolean has(List<Document> known, String hash, Duration within) {
        Instant since = clock.instant().minus(within);
        return known.stream()
                .anyMatch(network -> hash.equals(network.getString("network"))
                        && network.getDate("at").toInstant().isAfter(since));
    }

    private static Query byUsername(String username) {
        return query(where("_id").is(username));
    }

    private static String hash(String username, String network) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest((username + " " + network).getBytes(UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-256", e);
        }
    }
}
