package broadsheet.article.view;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class VisitorKeysTests {

    private final VisitorKeys keys = VisitorKeys.underSharedSalt(new byte[] {1, 2, 3});

    @Test
    void aVisitorHasOneKeyADayAndNobodyElseHasIt() {
        String key = keys.ofVisitor("192.0.2.7", "Firefox");

        assertThat(keys.ofVisitor("192.0.2.7", "Firefox")).isEqualTo(key);
        assertThat(VisitorKeys.underSharedSalt(new byte[] {1, 2, 3}).ofVisitor("192.0.2.7", "Firefox"))
                .isEqualTo(key);
        assertThat(List.of(
                        VisitorKeys.underSharedSalt(new byte[] {1, 2, 4}).ofVisitor("192.0.2.7", "Firefox"),
                        keys.ofVisitor("192.0.2.8", "Firefox"),
                        keys.ofVisitor("192.0.2.7", "Chrome"),
                        keys.ofVisitor("192.0.2.7F", "irefox"),
                        keys.ofNetwork("192.0.2.7")))
                .doesNotContain(key)
                .doesNotHaveDuplicates();
    }

    @Test
    void aKeyIsNotWhatAnyoneCouldCalculate() throws Exception {
        byte[] unsalted = MessageDigest.getInstance("SHA-256").digest("192.0.2.7\0Firefox".getBytes(UTF_8));
        assertThat(Base64.getUrlDecoder().decode(keys.ofVisitor("192.0.2.7", "Firefox")))
                .hasSize(16)
                .isNotEqualTo(Arrays.copyOf(unsalted, 16));
    }

    /** So that views of one network can be told, however many agents it has. */
    @Test
    void aNetworkHasOneKeyADay() {
        assertThat(keys.ofNetwork("192.0.2.7"))
                .isEqualTo(keys.ofNetwork("192.0.2.7"))
                .isNotEqualTo(keys.ofNetwork("192.0.2.8"))
                .hasSize(11);
    }
}
