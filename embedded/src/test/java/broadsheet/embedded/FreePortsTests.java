package broadsheet.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FreePortsTests {

    /** Kafka listens on its ports only some time after it was given them. */
    @Test
    void noPortIsGivenTwice() {
        assertThat(Stream.generate(FreePorts::any).limit(500)).doesNotHaveDuplicates();
    }
}
