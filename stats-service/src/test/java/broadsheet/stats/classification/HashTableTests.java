package broadsheet.stats.classification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HashTableTests {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 14, 15, 1_000, 100_000})
    void holdsWhatWasPutAndNothingElse(int size) {
        var random = new Random(size);
        var table = new HashTable(true);
        Map<Long, Integer> expected = new HashMap<>();
        for (int i = 0; i < size; i++) {
            long hash = random.nextInt(4) == 0 ? -1L >>> random.nextInt(64) : random.nextLong();
            int number = 1 + random.nextInt(1_000);
            table.put(hash, number);
            expected.put(hash, number);
        }

        expected.forEach((hash, number) -> assertThat(table.number(hash)).isEqualTo(number));
        table.trim();
        expected.forEach((hash, number) -> assertThat(table.number(hash)).isEqualTo(number));
        for (int i = 0; i < 1_000; i++) {
            long hash = random.nextLong();
            assertThat(table.contains(hash)).isEqualTo(expected.containsKey(hash));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE})
    void holdsAnyHash(long hash) {
        var table = new HashTable(false);
        assertThat(table.contains(hash)).isFalse();

        table.add(hash);
        table.add(hash);

        assertThat(table.contains(hash)).isTrue();
    }
}
