package broadsheet.article.token;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import broadsheet.article.account.Account;
import broadsheet.article.account.Accounts;
import broadsheet.article.outbox.Outbox;
import broadsheet.article.outbox.OutboxCollection;
import broadsheet.article.outbox.OutboxRelay;
import broadsheet.store.CollectionOwner;
import broadsheet.web.access.StaffSessions;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.Indexes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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

/** The API tokens in the store; the outbox of each publishes its hash, and that it counts no longer. */
@Component
class ApiTokens implements CollectionOwner {

    private static final String COLLECTION = "api_tokens";
    private static final Duration KEPT_AFTER_END = Duration.ofDays(30);
    private static final int WRITES_AT_A_TIME = 16;

    private final ReactiveMongoTemplate mongo;
    private final Accounts accounts;
    private final StaffSessions sessions;
    private final OutboxRelay relay;
    private final InstantSource clock;

    ApiTokens(
            ReactiveMongoTemplate mongo,
            Accounts accounts,
            StaffSessions sessions,
            OutboxRelay relay,
            InstantSource clock) {
        this.mongo = mongo;
        this.accounts = accounts;
        this.sessions = sessions;
        this.relay = relay;
        this.clock = clock;
    }

    @Override
    public String collection() {
        return COLLECTION;
    }

    @Override
    public List<IndexModel> indexes() {
        return List.of(new IndexModel(Indexes.ascending("username", "_id")));
    }

    /** Those of an account that were not revoked, the oldest first. */
    Flux<ApiToken> of(String username) {
        return mongo.find(query(unrevoked().and("username").is(username)).with(Sort.by("_id")), ApiToken.class);
    }

    /** Those of an account that are younger, revoked or not: each stays in the memory of every service. */
    Mono<Long> countMadeSince(String username, Instant time) {
        return mongo.count(query(where("username").is(username).and("createdAt").gte(time)), COLLECTION);
    }

    Mono<ApiToken> unrevoked(String id) {
        return mongo.findOne(query(unrevoked().and("_id").is(id)), ApiToken.class);
    }

    /** Stores a token together with the event that makes it known. */
    Mono<ApiToken> add(ApiToken token, Account owner) {
        return Mono.deferContextual(request -> {
                    var document = new Document();
                    mongo.getConverter().write(token, document);
                    document.append(
                            Outbox.FIELD, List.of(Outbox.entry(clock.instant(), token.toEvent(owner), request)));
                    return mongo.insert(document, COLLECTION);
                })
                .thenReturn(token)
                .doOnNext(added -> makeKnown(added, owner));
    }

    /** Stores and publishes that a token counts no longer; here it does not from now on. */
    Mono<ApiToken> revoke(ApiToken token) {
        return accounts.byUsername(token.username())
                .flatMap(owner -> Mono.just(token.revoked(clock.instant()))
                        .flatMap(revoked -> publish(revoked, owner, new Update().set("revokedAt", revoked.revokedAt()))
                                .doOnSuccess(done -> makeKnown(revoked, owner))
                                .thenReturn(revoked)));
    }

    /** Makes all tokens known to this service and, once more, to the others: their topic may have been lost. */
    Mono<Void> publishAgain() {
        Instant now = clock.instant();
        return mongo.find(query(unrevoked()), ApiToken.class)
                .filter(token -> !token.hasExpired(now))
                .flatMap(
                        token -> accounts.byUsername(token.username()).flatMap(owner -> {
                            sessions.apply(token.toEvent(owner));
                            return publish(token, owner, new Update());
                        }),
                        WRITES_AT_A_TIME)
                .then();
    }

    /** Those that ended a while ago, and of which nothing is left to publish. */
    Mono<Void> removeEnded() {
        Instant before = clock.instant().minus(KEPT_AFTER_END);
        var ended = new Criteria()
                .orOperator(where("revokedAt").lt(before), where("expiresAt").lt(before));
        return mongo.remove(query(ended.and(Outbox.FIELD).size(0)), COLLECTION).then();
    }

    private Mono<Void> publish(ApiToken token, Account owner, Update update) {
        return Mono.deferContextual(request -> mongo.updateFirst(
                        query(unrevoked().and("_id").is(token.id())),
                        update.push(Outbox.FIELD, Outbox.entry(clock.instant(), token.toEvent(owner), request)),
                        COLLECTION))
                .then();
    }

    private void makeKnown(ApiToken token, Account owner) {
        sessions.apply(token.toEvent(owner));
        relay.nudge();
    }

    /** What is null matches a document without it. */
    private static Criteria unrevoked() {
        return where("revokedAt").is(null);
    }

    @Configuration(proxyBeanMethods = false)
    static class ApiTokensOutbox {

        @Bean
        OutboxCollection apiTokensOutbox() {
            return new OutboxCollection(COLLECTION);
        }
    }
}
