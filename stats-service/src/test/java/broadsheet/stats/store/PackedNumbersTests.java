package broadsheet.stats.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import org.bson.types.Binary;
import org.junit.jupiter.api.Test;

class PackedNumbersTests {

    private static final long[] NUMBERS = {0, 1, 127, 128, 16_383, 16_384, 1L << 35, Long.MAX_VALUE, -1, 5};

    @Test
    void numbersAreReadAsTheyWereStored() {
        assertThat(PackedNumbers.unpack(PackedNumbers.pack(NUMBERS), NUMBERS.length))
                .containsExactly(NUMBERS);
    }

    @Test
    void smallNumbersAreAByteEach() {
        assertThat(PackedNumbers.pack(new long[1_000]).getData()).hasSize(1_001);
    }

    @Test
    void whatIsNotStoredIsZero() {
        assertThat(PackedNumbers.unpack(PackedNumbers.pack(new long[] {300}), 2))
                .containsExactly(300, 0);
        assertThat(PackedNumbers.unpack(PackedNumbers.pack(new long[] {300, 4}), 1))
                .containsExactly(300);
        assertThat(PackedNumbers.unpack(PackedNumbers.pack(new long[0]), 1)).containsExactly(0);
    }

    @Test
    void whatAnEarlierReleaseStoredIsRead() {
        ByteBuffer longs = ByteBuffer.allocate(16).putLong(258).putLong(7);

        assertThat(PackedNumbers.unpack(new Binary(longs.array()), 3)).containsExactly(258, 7, 0);
        assertThat(PackedNumbers.unpack(new Binary(new byte[0]), 1)).containsExactly(0);
    }

    @Test
    void namesAreReadAsTheyWereStored() {
        List<String> names = List.of("例子.example", "", "a\u0000b\n", "\uD83D\uDE00");

        assertThat(PackedNames.unpack(PackedNames.pack(names))).isEqualTo(names);
        assertThat(PackedNames.unpack(PackedNames.pack(List.of()))).isEmpty();
    }
}
