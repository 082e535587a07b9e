package broadsheet.stats.generation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.stats.StoredDocuments;
import broadsheet.testservers.MongoServers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Which generation is served after switches there and back, by several instances. */
@ParameterizedClass
@MethodSource("servers")
class ServedGenerationsIntegrationTests {

    private static final Map<String, Integer> FIRST = Map.of(ServedGenerations.TOTALS, 1);
    private static final Generation SECOND = generation(2);
    private static final Generation THIRD = generation(3);

    private final StoredDocuments store;
    private final ServedGenerations served;

    ServedGenerationsIntegrationTests(String uri) {
        store = new StoredDocuments(uri);
        served = new ServedGenerations(store.collections());
    }

    static Stream<Named<String>> servers() {
        return MongoServers.uris("served-generations-" + UUID.randomUUID());
    }

    @AfterEach
    void drop() {
        store.drop();
        store.close();
    }

    @Test
    void oneThatBeganBeforeAReversalIsServedAfterIt() {
        assertThat(served.serve(SECOND).block()).isTrue();
        served.serveAgain(FIRST, SECOND).block(); // announced as the third
        assertThat(now()).isEqualTo(new ServedNumbers(FIRST, 3, 2));

        assertThat(served.serve(THIRD).block()).isTrue();

        assertThat(now()).isEqualTo(new ServedNumbers(Map.of(ServedGenerations.TOTALS, 3), 4, 1));
    }

    @Test
    void anOlderOneIsNotServedInThePlaceOfANewerOne() {
        served.serve(THIRD).block();

        assertThat(served.serve(SECOND).block()).isFalse();

        assertThat(now()).isEqualTo(new ServedNumbers(Map.of(ServedGenerations.TOTALS, 3), 3, 1));
    }

    @Test
    void everyInstanceServesItAndItIsAnnouncedOnce() {
        served.serve(SECOND).block();

        assertThat(served.serve(SECOND).block()).isTrue();

        assertThat(now().announcedAs()).isEqualTo(2);
    }

    private ServedNumbers now() {
        return requireNonNull(served.now().block());
    }

    private static Generation generation(int number) {
        return new Generation(number, List.of("rules"), null, Set.of(ServedGenerations.TOTALS), null, null);
    }
}
