package broadsheet.article.view;

import static broadsheet.testservers.PatientAwait.await;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.testservers.MongoServers;
import broadsheet.testservers.TcpProxy;
import broadsheet.testservers.TestServers;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.bson.Document;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;

class DailySaltsIntegrationTests {

    private static final Instant MORNING = Instant.parse("2026-11-24T06:00:00Z");
    private static final Instant EVENING = Instant.parse("2026-11-24T23:59:59Z");
    private static final Instant TOMORROW = Instant.parse("2026-11-25T00:00:00Z");

    private final String database = "visitors-" + UUID.randomUUID();

    private Instant now = MORNING;

    static Stream<Named<String>> servers() {
        return MongoServers.uris("visitors-" + UUID.randomUUID());
    }

    @ParameterizedTest
    @MethodSource("servers")
    void allInstancesHaveTheSameSaltsAndAnotherOneEachDay(String uri) {
        try (var client = MongoClients.create(uri)) {
            var here = salts(client);
            var otherInstance = salts(client);
            here.followStore().block();
            otherInstance.followStore().block();

            String key = key(here, MORNING);

            assertThat(key(here, EVENING)).isEqualTo(key);
            assertThat(key(otherInstance, EVENING)).isEqualTo(key);
            assertThat(key(here, TOMORROW)).isNotEqualTo(key).isEqualTo(key(otherInstance, TOMORROW));
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void aSaltIsDeleted48HoursAfterItsDayBeganThoughNobodyReads(String uri) {
        try (var client = MongoClients.create(uri)) {
            var mongo = new ReactiveMongoTemplate(client, database);
            var salts = new DailySalts(mongo, () -> now);
            salts.start();
            assertThat(days(mongo)).containsExactlyInAnyOrder("2026-11-24", "2026-11-25");

            now = Instant.parse("2026-11-26T00:00:00Z");
            await().untilAsserted(() ->
                    assertThat(days(mongo)).containsExactlyInAnyOrder("2026-11-25", "2026-11-26", "2026-11-27"));
            salts.stop();
        }
    }

    @Test
    void withoutTheStoreAnInstanceUsesASaltOfItsOwnAndOffersItLater() {
        String uri = TestServers.mongoUri(database);
        try (var proxy = TcpProxy.to(uri);
                var direct = MongoClients.create(uri);
                var client = MongoClients.create(proxy.uri() + "?serverSelectionTimeoutMS=500")) {
            proxy.cut();
            var alone = salts(client);
            alone.followStore().block();
            String key = key(alone, MORNING);
            assertThat(key(alone, EVENING)).isEqualTo(key);

            proxy.mend();
            await().untilAsserted(() -> {
                alone.followStore().block();
                assertThat(days(new ReactiveMongoTemplate(direct, database))).isNotEmpty();
            });
            var other = salts(direct);
            other.followStore().block();
            assertThat(key(other, MORNING)).isEqualTo(key);
            assertThat(key(alone, MORNING)).isEqualTo(key);
        }
    }

    @Test
    void whoHasAKeyUnderAnInstancesOwnSaltKeepsItOnceTheSaltOfAllIsKnown() {
        String uri = TestServers.mongoUri(database);
        try (var proxy = TcpProxy.to(uri);
                var direct = MongoClients.create(uri);
                var client = MongoClients.create(proxy.uri() + "?serverSelectionTimeoutMS=500")) {
            var other = salts(direct);
            other.followStore().block();
            proxy.cut();
            var alone = salts(client);
            alone.followStore().block();
            String key = key(alone, MORNING);
            assertThat(key).isNotEqualTo(key(other, MORNING));

            proxy.mend();
            await().untilAsserted(() -> {
                alone.followStore().block();
                assertThat(alone.keys(MORNING).ofNetwork("192.0.2.7"))
                        .isEqualTo(other.keys(MORNING).ofNetwork("192.0.2.7"));
            });
            assertThat(key(alone, EVENING)).isEqualTo(key);
            assertThat(alone.keys(MORNING).ofVisitor("192.0.2.7", "Chrome"))
                    .isEqualTo(other.keys(MORNING).ofVisitor("192.0.2.7", "Chrome"));
        }
    }

    private DailySalts salts(MongoClient client) {
        return new DailySalts(new ReactiveMongoTemplate(client, database), () -> now);
    }

    private static List<String> days(ReactiveMongoTemplate mongo) {
        return requireNonNull(mongo.findAll(Document.class, "view_salts")
                .map(salt -> salt.getString("_id"))
                .collectList()
                .block());
    }

    private static String key(DailySalts salts, Instant at) {
        return salts.keys(at).ofVisitor("192.0.2.7", "Firefox");
    }
}
