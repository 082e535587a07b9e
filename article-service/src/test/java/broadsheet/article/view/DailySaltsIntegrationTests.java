package broadsheet.article.view;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.testservers.MongoServers;
import com.mongodb.reactivestreams.client.MongoClients;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.bson.Document;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import reactor.core.publisher.Flux;

class VisitorKeysIntegrationTests {

    private static final Instant MORNING = Instant.parse("2026-11-24T06:00:00Z");
    private static final Instant EVENING = Instant.parse("2026-11-24T23:59:59Z");
    private static final Instant TOMORROW = Instant.parse("2026-11-25T00:00:00Z");

    static Stream<Named<String>> servers() {
        return MongoServers.uris("visitors-" + UUID.randomUUID());
    }

    @ParameterizedTest
    @MethodSource("servers")
    void aVisitorHasOneKeyADayAndNobodyElseHasIt(String uri) throws Exception {
        try (var client = MongoClients.create(uri)) {
            var mongo = new ReactiveMongoTemplate(client, "visitors-" + UUID.randomUUID());
            var here = new VisitorKeys(new DailySalts(mongo));
            var otherInstance = new VisitorKeys(new DailySalts(mongo));

            String key = key(here, "192.0.2.7", "Firefox", MORNING);

            assertThat(key(here, "192.0.2.7", "Firefox", EVENING)).isEqualTo(key);
            assertThat(key(otherInstance, "192.0.2.7", "Firefox", EVENING)).isEqualTo(key);
            assertThat(List.of(
                            key(here, "192.0.2.7", "Firefox", TOMORROW),
                            key(here, "192.0.2.8", "Firefox", MORNING),
                            key(here, "192.0.2.7", "Chrome", MORNING),
                            key(here, "192.0.2.7F", "irefox", MORNING)))
                    .doesNotContain(key)
                    .doesNotHaveDuplicates();
            byte[] unsalted = MessageDigest.getInstance("SHA-256").digest("192.0.2.7\0Firefox".getBytes(UTF_8));
            assertThat(Base64.getUrlDecoder().decode(key)).hasSize(16).isNotEqualTo(unsalted);
            assertThat(mongo.findAll(Document.class, "view_salts")
                            .map(Document::toJson)
                            .blockLast())
                    .doesNotContain("192.0.2.7", "Firefox", key);
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void saltsAreDeletedAfterTwoDays(String uri) {
        try (var client = MongoClients.create(uri)) {
            var mongo = new ReactiveMongoTemplate(client, "visitors-" + UUID.randomUUID());
            var salts = new DailySalts(mongo);

            Flux.just("2026-11-22", "2026-11-23", "2026-11-24")
                    .concatMap(day -> salts.of(LocalDate.parse(day)))
                    .blockLast();

            assertThat(mongo.findAll(Document.class, "view_salts")
                            .map(salt -> salt.getString("_id"))
                            .collectList()
                            .block())
                    .containsExactlyInAnyOrder("2026-11-23", "2026-11-24");
        }
    }

    private static String key(VisitorKeys keys, String address, String userAgent, Instant at) {
        return Objects.requireNonNull(keys.of(address, userAgent, at).block());
    }
}
