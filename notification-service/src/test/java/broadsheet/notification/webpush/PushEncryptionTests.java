package broadsheet.notification.webpush;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import broadsheet.notification.subscription.Target.WebPushTarget;
import broadsheet.web.problem.InvalidFieldException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PushEncryptionTests {

    private static final String SECRET = "BTBZMqHH6r4Tts7J_aSIgg";
    private static final String POINT =
            "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";

    /** RFC 8291, appendix A: what our browser of the tests reads is what any browser does. */
    @Test
    void theBrowserOfTheTestsReadsTheMessageOfTheStandard() throws Exception {
        byte[] point = new Base64URL(POINT).decode();
        var key = new ECKey.Builder(
                        Curve.P_256,
                        Base64URL.encode(Arrays.copyOfRange(point, 1, 33)),
                        Base64URL.encode(Arrays.copyOfRange(point, 33, 65)))
                .d(new Base64URL("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"))
                .build();
        var message = new Base64URL("DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml"
                + "mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT"
                + "pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN");
        assertThat(new Browser(key, new Base64URL(SECRET)).decrypt(message.decode()))
                .isEqualTo("When I grow up, I want to be a watermelon");
    }

    @Test
    void onlyTheBrowserThatSubscribedReadsAMessage() throws Exception {
        Browser browser = Browser.subscribed();
        byte[] message = PushEncryption.of(browser.keys()).encrypt("Đại học 😀".getBytes(UTF_8));
        assertThat(browser.decrypt(message)).isEqualTo("Đại học 😀");
        assertThatThrownBy(() -> Browser.subscribed().decrypt(message)).isInstanceOf(AEADBadTagException.class);
    }

    @Test
    void theLongestMessageFillsWhatEveryPushServiceTakes() throws Exception {
        Browser browser = Browser.subscribed();
        byte[] message = PushEncryption.of(browser.keys()).encrypt(new byte[PushPayload.MAX_BYTES]);
        assertThat(message).hasSize(4096);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    p256dh, '', must be 65 bytes in base64url
                    p256dh, BTBZMqHH6r4Tts7J_aSIgg, must be 65 bytes in base64url
                    p256dh, not+base64url, is not base64url
                    p256dh, AiVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4, 'is not a point on the curve P-256, uncompressed'
                    p256dh, BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw8, 'is not a point on the curve P-256, uncompressed'
                    p256dh, BP__________________________________________________________________________________________, must be 65 bytes in base64url
                    p256dh, BP____________________________________________________________________________________8, 'is not a point on the curve P-256, uncompressed'
                    auth, '', must be 16 bytes in base64url
                    auth, BTBZMqHH6r4Tts7J_aSIgQQQ, must be 16 bytes in base64url
                    auth, BTBZMqHH6r4Tts7J/aSIgg, is not base64url
                    """)
    void whatIsNoKeyIsNamed(String key, String text, String message) {
        var keys = key.equals("auth") ? new WebPushTarget.Keys(POINT, text) : new WebPushTarget.Keys(text, SECRET);
        assertThatThrownBy(() -> PushEncryption.of(keys))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageContaining("target.keys." + key + " " + message);
    }
}
