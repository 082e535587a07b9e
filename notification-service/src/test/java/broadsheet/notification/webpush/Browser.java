package broadsheet.notification.webpush;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import broadsheet.notification.subscription.Target.WebPushTarget;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** A browser that subscribed: it alone reads what is sent to it, step by step as RFC 8291 and RFC 8188 say. */
record Browser(ECKey key, Base64URL auth) {

    static Browser subscribed() throws Exception {
        return new Browser(
                new ECKeyGenerator(Curve.P_256).generate(), Base64URL.encode("sixteen bytes ok".getBytes(US_ASCII)));
    }

    WebPushTarget.Keys keys() {
        return new WebPushTarget.Keys(Base64URL.encode(point(key)).toString(), auth.toString());
    }

    static byte[] point(ECKey key) {
        return concat(new byte[] {4}, key.getX().decode(), key.getY().decode());
    }

    /** Fails where a bit was changed, or where it is for someone else. */
    String decrypt(byte[] body) throws Exception {
        var message = ByteBuffer.wrap(body);
        byte[] salt = next(message, 16);
        int recordSize = message.getInt();
        byte[] sender = next(message, message.get());
        byte[] record = next(message, message.remaining());
        if (record.length > recordSize) {
            throw new GeneralSecurityException("More than one record, which RFC 8291 forbids");
        }
        var agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(key.toECPrivateKey());
        agreement.doPhase(publicKey(sender).toECPublicKey(), true);
        byte[] info = concat("WebPush: info\0".getBytes(US_ASCII), point(key), sender, new byte[] {1});
        byte[] keyMaterial = hmac(hmac(auth.decode(), agreement.generateSecret()), info);
        byte[] pseudoRandom = hmac(salt, keyMaterial);
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                Cipher.DECRYPT_MODE,
                new SecretKeySpec(expand(pseudoRandom, "Content-Encoding: aes128gcm\0\1", 16), "AES"),
                new GCMParameterSpec(128, expand(pseudoRandom, "Content-Encoding: nonce\0\1", 12)));
        byte[] padded = cipher.doFinal(record);
        int end = padded.length - 1;
        while (padded[end] == 0) {
            end--;
        }
        if (padded[end] != 2) {
            throw new GeneralSecurityException("Not the last record");
        }
        return new String(padded, 0, end, UTF_8);
    }

    static ECKey publicKey(byte[] point) {
        return new ECKey.Builder(
                        Curve.P_256,
                        Base64URL.encode(Arrays.copyOfRange(point, 1, 33)),
                        Base64URL.encode(Arrays.copyOfRange(point, 33, 65)))
                .build();
    }

    private static byte[] expand(byte[] key, String info, int length) throws GeneralSecurityException {
        return Arrays.copyOf(hmac(key, info.getBytes(US_ASCII)), length);
    }

    private static byte[] hmac(byte[] key, byte[] data) throws GeneralSecurityException {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(data);
    }

    private static byte[] next(ByteBuffer from, int length) {
        byte[] bytes = new byte[length];
        from.get(bytes);
        return bytes;
    }

    private static byte[] concat(byte[]... parts) {
        var all = ByteBuffer.allocate(
                Arrays.stream(parts).mapToInt(part -> part.length).sum());
        Arrays.stream(parts).forEach(all::put);
        return all.array();
    }
}
