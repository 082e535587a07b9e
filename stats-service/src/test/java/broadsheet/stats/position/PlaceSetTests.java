package broadsheet.stats.position;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PlaceSetTests {

    @Test
    void itHoldsWhatWasAdded() {
        var random = new Random(1);
        Set<Place> expected = new HashSet<>();
        var places = PlaceSet.of();
        for (int i = 0; i < 1_000; i++) {
            var place = new Place(random.nextInt(3) - 1, 65_000 + random.nextInt(1_000));
            expected.add(place);
            places.add(place);
        }

        for (int epoch = -1; epoch < 3; epoch++) {
            for (long offset = 64_990; offset < 66_010; offset++) {
                var place = new Place(epoch, offset);
                assertThat(places.contains(place)).as("%s", place).isEqualTo(expected.contains(place));
            }
        }
    }

    @Test
    void aPartitionMayHoldMoreRecordsThanAnIntCounts() {
        var last = new Place(7, Long.MAX_VALUE);
        var places = PlaceSet.of(last, new Place(7, 0));

        assertThat(LongStream.of(0, 1, Integer.MAX_VALUE, Long.MAX_VALUE)
                        .filter(offset -> places.contains(new Place(7, offset))))
                .containsExactly(0L, Long.MAX_VALUE);
        assertThat(places.contains(new Place(8, last.offset()))).isFalse();
    }
}
