package broadsheet.notification.webpush;

import broadsheet.notification.subscription.Target.WebPushTarget;
import broadsheet.web.problem.InvalidFieldException;
import com.zerodeplibs.webpush.MessageEncryptions;
import com.zerodeplibs.webpush.PushMessage;
import com.zerodeplibs.webpush.UserAgentMessageEncryptionKeyInfo;
import com.zerodeplibs.webpush.key.InvalidECPublicKeyException;
import com.zerodeplibs.webpush.key.KeyExtractionException;
import com.zerodeplibs.webpush.key.MalformedUncompressedBytesException;
import com.zerodeplibs.webpush.key.PublicKeySources;
import java.util.Base64;

/** The keys of a browser's subscription, by which only this browser can read a message (RFC 8291). */
final class PushEncryption {

    private static final int POINT_BYTES = 65;
    private static final int SECRET_BYTES = 16;

    private final UserAgentMessageEncryptionKeyInfo keys;

    private PushEncryption(UserAgentMessageEncryptionKeyInfo keys) {
        this.keys = keys;
    }

    /**
     * The keys as a browser gives them.
     *
     * @throws InvalidFieldException naming the one that is no key
     */
    static PushEncryption of(WebPushTarget.Keys keys) {
        byte[] p256dh = bytes("target.keys.p256dh", keys.p256dh(), POINT_BYTES);
        byte[] auth = bytes("target.keys.auth", keys.auth(), SECRET_BYTES);
        try {
            PublicKeySources.ofUncompressedBytes(p256dh).extract();
        } catch (MalformedUncompressedBytesException | InvalidECPublicKeyException | KeyExtractionException e) {
            throw new InvalidFieldException("target.keys.p256dh", "is not a point on the curve P-256, uncompressed");
        }
        return new PushEncryption(UserAgentMessageEncryptionKeyInfo.of(p256dh, auth));
    }

    private static byte[] bytes(String field, String text, int length) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            if (bytes.length == length) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            throw new InvalidFieldException(field, "is not base64url");
        }
        throw new InvalidFieldException(field, "must be " + length + " bytes in base64url");
    }

    /** The message in the content coding {@code aes128gcm}, each time with another salt and key. */
    byte[] encrypt(byte[] message) {
        return MessageEncryptions.of() // not one for all: it is not thread-safe
                .encrypt(keys, PushMessage.of(message))
                .toBytes();
    }
}
