package broadsheet.stats.generation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import broadsheet.stats.StoredDocuments;
import broadsheet.testservers.MongoServers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;

/** One of two instances copies a restatement, and the other where that one stops. */
@ParameterizedClass
@MethodSource("servers")
class RestatementClaimsIntegrationTests {

    private final StoredDocuments store;
    private final InstantSource clock = () -> this.now;
    private final RestatementClaims slow;
    private final RestatementClaims next;
    private Instant now = Instant.parse("2026-11-20T10:00:00Z");

    RestatementClaimsIntegrationTests(String uri) {
        store = new StoredDocuments(uri);
        slow = new RestatementClaims(store.collections(), clock);
        next = new RestatementClaims(store.collections(), clock);
    }

    static Stream<Named<String>> servers() {
        return MongoServers.uris("restatement-claims-" + UUID.randomUUID());
    }

    @AfterEach
    void drop() {
        store.drop();
        store.close();
    }

    @Test
    void anInstanceThatWasTooSlowChangesNothingAnyMore() {
        Restatement one = copying();
        assertThat(slow.take(one).block()).isTrue();
        now = now.plus(Duration.ofSeconds(50));
        assertThat(slow.whileHeld(one, Mono.just("a page")).block()).isEqualTo("a page");
        now = now.plus(Duration.ofSeconds(50));
        assertThat(next.take(one).block()).isFalse();
        now = now.plus(Duration.ofSeconds(50));
        assertThat(next.take(one).block()).isTrue();

        assertThatThrownBy(() -> slow.whileHeld(one, Mono.just("a page")).block())
                .hasMessageContaining("is no longer copying by this instance");
        assertThat(steps(slow).copied(one).block()).isFalse();
        slow.release(one).block();

        assertThat(slow.take(one).block()).as("what the other has claimed").isFalse();
        assertThat(steps(next).copied(one).block()).isTrue();
        assertThat(slow.take(one).block()).as("to compare it").isTrue();
    }

    private RestatementSteps steps(RestatementClaims claims) {
        return new RestatementSteps(store.collections(), claims, clock);
    }

    private Restatement copying() {
        store.insert(
                Generations.COLLECTION,
                new Document("_id", 2)
                        .append("ruleset", "rules")
                        .append("projections", List.of(ServedGenerations.TOTALS))
                        .append("beganAt", Date.from(now))
                        .append("from", Date.from(now.minus(Duration.ofDays(3))))
                        .append("askedBy", "ops")
                        .append("state", "copying"));
        return requireNonNull(steps(slow).underWay().next().block());
    }
}
