package broadsheet.stats.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.stats.history.HourlyHits;
import broadsheet.stats.history.KeyHits;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.Test;

class KeySumsTests {

    @Test
    void aFloodOfMadeUpKeysNeitherFillsMemoryNorHidesRealOnes() {
        var sums = new KeySums();
        for (int key = 0; key < 50_000; key++) {
            sums.add("made-up-" + key, once());
            if (key % 10 == 0) {
                sums.add("real", once());
            }
        }

        List<KeyHits> stored = sums.top();
        assertThat(stored).hasSize(KeySums.MAX_KEYS + 1);
        assertThat(stored.get(0).key()).isEqualTo("real");
        assertThat(stored.get(0).hits().all()).isEqualTo(5_000);
        assertThat(stored.get(KeySums.MAX_KEYS).key()).isNull();
        assertThat(stored.stream().mapToLong(hits -> hits.hits().all()).sum()).isEqualTo(55_000);
    }

    private static KeyHits once() {
        return KeyHits.ofNumbers(null, HourlyHits.of(new Document("3", 1L)), 1);
    }
}
