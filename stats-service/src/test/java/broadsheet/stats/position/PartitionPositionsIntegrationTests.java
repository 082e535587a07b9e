package broadsheet.stats.position;

import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.stats.StoredDocuments;
import broadsheet.testservers.MongoServers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What a generation begins with that has copies of another one's documents. */
@ParameterizedClass
@MethodSource("servers")
class PartitionPositionsIntegrationTests {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

    private final StoredDocuments store;
    private final PartitionPositions served;
    private final PartitionPositions second;

    PartitionPositionsIntegrationTests(String uri) {
        store = new StoredDocuments(uri);
        served = new PartitionPositions(store.collections());
        second = served.of(2);
    }

    static Stream<Named<String>> servers() {
        return MongoServers.uris("partition-positions-" + UUID.randomUUID());
    }

    @AfterEach
    void drop() {
        store.drop();
        store.close();
    }

    @Test
    void whatIsCountedSinceStaysWhereAnotherInstanceBeginsItOnceMore() {
        PartitionPosition copied = position("topic-0", 500);
        served.store(List.of(copied)).block();
        served.store(List.of(position("former-0", 7))).block();
        begin(copied);
        second.store(List.of(position("topic-0", 300))).block();

        begin(copied);

        assertThat(second.all().block())
                .containsEntry("topic-0", position("topic-0", 300))
                .containsEntry("former-0", position("former-0", 7));
        assertThat(second.copiedTo("topic-0").block()).isEqualTo(new Place(1, 500));
        assertThat(second.copiedTo("former-0").block()).isNull();
    }

    @Test
    void notesLagBehindWhatAReleaseCountedThatTakesNoneAndBehindWhatKafkaDeleted() {
        assertThat(notedTo(served)).isNull();
        served.store(List.of(position("topic-0", 500))).block();
        assertThat(notedTo(served)).isEqualTo(500);

        store.set(PartitionPositions.COLLECTION, "topic-0", "next", 600L); // as that release does
        assertThat(notedTo(served)).isEqualTo(500);
        begin(position("topic-0", 500));
        assertThat(notedTo(second)).as("of its own").isEqualTo(200);

        served.store(List.of(position("topic-0", 700))).block();
        assertThat(notedTo(served)).isEqualTo(700);
        assertThat(served.move(position("topic-0", 700), position("topic-0", 900), 200)
                        .block())
                .isTrue();
        assertThat(notedTo(served)).isEqualTo(700);
    }

    private static @Nullable Long notedTo(PartitionPositions positions) {
        return positions.notedTo("topic-0").block();
    }

    private void begin(PartitionPosition copied) {
        second.begin(served, Map.of("topic-0", copied), Map.of("topic-0", position("topic-0", 200)))
                .block();
    }

    private static PartitionPosition position(String partition, long next) {
        return new PartitionPosition(partition, new Place(1, next), NOW);
    }
}
