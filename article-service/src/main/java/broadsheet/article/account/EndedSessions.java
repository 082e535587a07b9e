package broadsheet.article.account;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import broadsheet.article.outbox.Outbox;
import broadsheet.article.outbox.OutboxCollection;
import broadsheet.article.outbox.OutboxRelay;
import broadsheet.events.StaffSessionsEnded;
import broadsheet.web.access.StaffSessions;
import java.time.Instant;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/** Makes it known, here and to the other services, that the sessions of an account ended. */
@Component
class EndedSessions {

    private final ReactiveMongoTemplate mongo;
    private final StaffSessions sessions;
    private final OutboxRelay relay;
    private final InstantSource clock;

    EndedSessions(ReactiveMongoTemplate mongo, StaffSessions sessions, OutboxRelay relay, InstantSource clock) {
        this.mongo = mongo;
        this.sessions = sessions;
        this.relay = relay;
        this.clock = clock;
    }

    /** The update of an account together with the event of it. */
    Update published(Update update, Account account, ContextView request) {
        return update.set("sessionsEndedAt", account.sessionsValidFrom())
                .push(Outbox.FIELD, Outbox.entry(clock.instant(), event(account), request));
    }

    /** Once it is stored. */
    void makeKnown(Account account) {
        sessions.apply(event(account));
        relay.nudge();
    }

    /** Makes the sessions that ended since then known to this service and, once more, to the others. */
    Mono<Void> publishSince(Instant since) {
        return mongo.find(query(where("sessionsEndedAt").gt(since)), Account.class)
                .concatMap(account -> Mono.deferContextual(request -> {
                    sessions.apply(event(account));
                    return mongo.updateFirst(
                            query(where("_id").is(account.username())),
                            published(new Update(), account, request),
                            Accounts.COLLECTION);
                }))
                .then();
    }

    private static StaffSessionsEnded event(Account account) {
        return new StaffSessionsEnded(account.username(), account.sessionsValidFrom(), account.rolesOfApiTokens());
    }

    @Configuration(proxyBeanMethods = false)
    static class AccountsOutbox {

        @Bean
        OutboxCollection accountsOutbox() {
            return new OutboxCollection(Accounts.COLLECTION);
        }
    }
}
