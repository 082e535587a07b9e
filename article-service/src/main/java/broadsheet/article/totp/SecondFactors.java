package broadsheet.article.totp;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.bson.types.Binary;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The second factors of accounts, by username. Each use of a code is one write, so that of two with the same code one counts. */
@Component
public class SecondFactors {

    private final ReactiveMongoTemplate mongo;
    private final InstantSource clock;

    SecondFactors(ReactiveMongoTemplate mongo, InstantSource clock) {
        this.mongo = mongo;
        this.clock = clock;
    }

    public Mono<SecondFactor> of(String username) {
        return mongo.findById(username, SecondFactor.class);
    }

    /** That is asked for when its owner signs in; empty where none is. */
    public Mono<SecondFactor> confirmed(String username) {
        return of(username).filter(SecondFactor::isConfirmed);
    }

    /** Keeps a secret until its first code confirms it, instead of one kept before; empty where one is confirmed, or begun meanwhile. */
    public Mono<SecondFactor> begin(String username, TotpSecret secret) {
        var begun = new SecondFactor(username, secret.bytes(), now(), null, 0, List.of());
        return mongo.remove(query(is(username).and("confirmedAt").is(null)), SecondFactor.class)
                .then(confirmed(username).hasElement())
                .flatMap(confirmed -> confirmed ? Mono.empty() : mongo.insert(begun))
                .onErrorResume(DuplicateKeyException.class, another -> Mono.empty());
    }

    /** Whether the code is one of the secret that was begun; then it is asked for from now on. */
    public Mono<Boolean> confirm(SecondFactor begun, String code, List<String> recoveryCodes) {
        List<String> hashes = recoveryCodes.stream().map(RecoveryCodes::hash).toList();
        return stepOf(begun, code)
                .flatMap(step -> step.isEmpty()
                        ? Mono.just(false)
                        : updated(
                                is(begun.username())
                                        .and("confirmedAt")
                                        .is(null)
                                        .and("secret")
                                        .is(new Binary(begun.secret())),
                                new Update()
                                        .set("confirmedAt", now())
                                        .set("lastStep", step.getAsLong())
                                        .set("recoveryHashes", hashes)));
    }

    /** Uses up a code of the app, or a recovery code; false where it is wrong or was used. */
    public Mono<Boolean> use(SecondFactor factor, String code) {
        return stepOf(factor, code)
                .flatMap(step -> step.isEmpty()
                        ? useRecoveryCode(factor, RecoveryCodes.hash(code))
                        : updated(
                                is(factor.username()).and("lastStep").lt(step.getAsLong()),
                                new Update().set("lastStep", step.getAsLong())));
    }

    private Mono<Boolean> useRecoveryCode(SecondFactor factor, String hash) {
        return updated(is(factor.username()).and("recoveryHashes").is(hash), new Update().pull("recoveryHashes", hash));
    }

    /** Whether there was one. */
    public Mono<Boolean> remove(String username) {
        return mongo.remove(query(is(username)), SecondFactor.class).map(result -> result.getDeletedCount() == 1);
    }

    private Mono<OptionalLong> stepOf(SecondFactor factor, String code) {
        Instant now = clock.instant();
        Callable<OptionalLong> step = () -> new TotpSecret(factor.secret()).stepOf(code, now);
        return Mono.fromCallable(step).subscribeOn(Schedulers.boundedElastic());
    }

    private Mono<Boolean> updated(Criteria which, Update update) {
        return mongo.updateFirst(query(which), update, SecondFactor.class).map(result -> result.getMatchedCount() == 1);
    }

    private static Criteria is(String username) {
        return where("_id").is(username);
    }

    /** MongoDB keeps milliseconds. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
