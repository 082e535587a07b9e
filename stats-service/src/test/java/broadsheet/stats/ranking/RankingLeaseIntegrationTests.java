package broadsheet.stats.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.stats.StoredDocuments;
import broadsheet.testservers.MongoServers;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** One instance at a time makes the rankings, on the embedded server and on MongoDB. */
@ParameterizedClass
@MethodSource("servers")
class RankingLeaseIntegrationTests {

    private final StoredDocuments store;
    private Instant now = Instant.parse("2026-03-02T06:30:00Z");
    private final RankingLease one;
    private final RankingLease other;

    RankingLeaseIntegrationTests(String uri) {
        store = new StoredDocuments(uri);
        one = new RankingLease(store.collections(), () -> now);
        other = new RankingLease(store.collections(), () -> now);
    }

    static Stream<Named<String>> servers() {
        return MongoServers.uris("lease-" + UUID.randomUUID());
    }

    @AfterEach
    void drop() {
        store.drop();
        store.close();
    }

    @Test
    void theFirstOneHoldsItAsLongAsItAsks() {
        for (int i = 0; i < 10; i++) {
            assertThat(one.isHeld().block()).isTrue();
            assertThat(other.isHeld().block()).isFalse();
            now = now.plusSeconds(4);
        }
    }

    @Test
    void anotherOneTakesOverFromOneThatDied() {
        assertThat(one.isHeld().block()).isTrue();
        now = now.plusSeconds(16);

        assertThat(other.isHeld().block()).isTrue();
        assertThat(one.isHeld().block()).isFalse();
    }

    @Test
    void oneThatStopsLetsAnotherOneIn() {
        assertThat(one.isHeld().block()).isTrue();

        one.release().block();

        assertThat(other.isHeld().block()).isTrue();
    }
}
