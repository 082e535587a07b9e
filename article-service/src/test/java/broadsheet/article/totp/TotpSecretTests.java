package broadsheet.article.totp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpSecretTests {

    /** Of RFC 6238, appendix B. */
    private final TotpSecret secret = new TotpSecret("12345678901234567890".getBytes(UTF_8));

    /** The last six digits of the appendix's eight. */
    @ParameterizedTest
    @CsvSource({
        "59,          287082",
        "1111111109,  081804",
        "1111111111,  050471",
        "1234567890,  005924",
        "2000000000,  279037",
        "20000000000, 353130"
    })
    void codesAreThoseOfTheStandard(long second, String code) {
        assertThat(secret.stepOf(code, Instant.ofEpochSecond(second))).hasValue(second / 30);
        assertThat(secret.stepOf(code.substring(0, 3) + " " + code.substring(3), Instant.ofEpochSecond(second)))
                .hasValue(second / 30);
    }

    @Test
    void aCodeMayBeOneStepEarlyOrLate() {
        Instant time = Instant.ofEpochSecond(1111111109);
        assertThat(secret.stepOf("081804", time.plusSeconds(30))).hasValue(37037036);
        assertThat(secret.stepOf("081804", time.minusSeconds(30))).hasValue(37037036);
        assertThat(secret.stepOf("081804", time.plusSeconds(61))).isEqualTo(OptionalLong.empty());
        assertThat(secret.stepOf("081804", time.minusSeconds(61))).isEqualTo(OptionalLong.empty());
    }

    @Test
    void whatIsNoCodeIsWrong() {
        for (String code : new String[] {"", " ", "81804", "0818040", "081804x", "٠٨١٨٠٤", "081\n804"}) {
            assertThat(secret.stepOf(code, Instant.ofEpochSecond(1111111109))).isEqualTo(OptionalLong.empty());
        }
    }

    @Test
    void anAppReadsTheSecret() {
        assertThat(secret.text()).isEqualTo("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assertThat(secret.uri("Campus: News", "ann"))
                .isEqualTo("otpauth://totp/Campus%3A%20News:ann?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
                        + "&issuer=Campus%3A%20News&algorithm=SHA1&digits=6&period=30");
        assertThat(secret).asString().doesNotContain("GEZ");
    }

    @Test
    void base32IsThatOfTheStandard() {
        String[] texts = {"", "f", "fo", "foo", "foob", "fooba", "foobar"};
        String[] encoded = {"", "MY", "MZXQ", "MZXW6", "MZXW6YQ", "MZXW6YTB", "MZXW6YTBOI"};
        for (int n = 0; n < texts.length; n++) {
            assertThat(Base32.encode(texts[n].getBytes(UTF_8))).isEqualTo(encoded[n]);
        }
    }

    @Test
    void recoveryCodesAreTheSameHoweverTheyAreTyped() {
        var codes = RecoveryCodes.random(new Random(3));
        assertThat(codes)
                .hasSize(10)
                .doesNotHaveDuplicates()
                .allMatch(code -> code.matches("([a-z2-7]{4}-){3}[a-z2-7]{4}"));
        String code = codes.get(0);
        assertThat(RecoveryCodes.hash(
                        " " + code.toUpperCase(java.util.Locale.ROOT).replace('-', ' ')))
                .isEqualTo(RecoveryCodes.hash(code))
                .isNotEqualTo(RecoveryCodes.hash(codes.get(1)));
    }
}
