package broadsheet.web.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ApiTokenSecretTests {

    private final Random random = new Random(11);

    @Test
    void whatIsMadeIsWellFormedAndNeverTheSame() {
        var one = ApiTokenSecret.random(random);
        var other = ApiTokenSecret.random(random);
        assertThat(one.text()).matches("bst_[0-9A-Za-z]{38}").isNotEqualTo(other.text());
        assertThat(one.isWellFormed()).isTrue();
        assertThat(one.hash()).matches("[0-9a-f]{64}").isNotEqualTo(other.hash());
        assertThat(one).asString().doesNotContain(one.text().substring(4, 10));
    }

    @Test
    void oneWrongCharacterIsSeen() {
        for (int n = 0; n < 200; n++) {
            String text = ApiTokenSecret.random(random).text();
            int place = 4 + random.nextInt(38);
            char other = text.charAt(place) == 'x' ? 'y' : 'x';
            var mistyped = new ApiTokenSecret(text.substring(0, place) + other + text.substring(place + 1));
            assertThat(mistyped.isWellFormed()).isFalse();
        }
    }

    @Test
    void whatIsNoTokenIsNotWellFormed() {
        for (String text : new String[] {"", "bst_", "bst_" + "0".repeat(38) + "0", "bst_" + "é".repeat(38)}) {
            assertThat(new ApiTokenSecret(text).isWellFormed()).isFalse();
        }
    }
}
