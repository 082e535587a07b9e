package broadsheet.article.idempotency;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** An answer as it was given, to be given again. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record RecordedAnswer(int status, Map<String, List<String>> headers, byte[] body) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int TAG_BITS = 128;
    private static final int NONCE_BYTES = 12;

    boolean isSuccess() {
        return HttpStatusCode.valueOf(status).is2xxSuccessful();
    }

    /** The same, and says that it is. */
    RecordedAnswer repeated() {
        var more = new LinkedHashMap<>(headers);
        more.put("Idempotent-Replayed", List.of("true"));
        return new RecordedAnswer(status, more, body);
    }

    Mono<Void> writeTo(ServerHttpResponse response) {
        response.setStatusCode(HttpStatusCode.valueOf(status));
        headers.forEach((name, values) -> response.getHeaders().put(name, values));
        return body.length == 0
                ? response.setComplete()
                : response.writeWith(
                        Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
    }

    /**
     * Encrypted with what only its caller has (AES-GCM): it may hold a secret, or a draft.
     *
     * @param startedAt of the call, different for each answer under a key
     */
    byte[] encrypted(IdempotencyKey key, Instant startedAt) {
        return crypt(Cipher.ENCRYPT_MODE, key, startedAt, JSON.writeValueAsBytes(this));
    }

    static RecordedAnswer decrypted(byte[] encrypted, IdempotencyKey key, Instant startedAt) {
        return JSON.readValue(crypt(Cipher.DECRYPT_MODE, key, startedAt, encrypted), RecordedAnswer.class);
    }

    private static byte[] crypt(int mode, IdempotencyKey key, Instant startedAt, byte[] text) {
        try {
            byte[] nonce = ByteBuffer.allocate(NONCE_BYTES)
                    .putLong(startedAt.toEpochMilli())
                    .array();
            Cipher cipher = Cipher.getInstance(CIPHER);
            cipher.init(mode, new SecretKeySpec(key.answerKey(), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            return cipher.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A recorded answer cannot be read or written", e);
        }
    }

    @Override
    public String toString() {
        return "RecordedAnswer[" + status + "]";
    }
}
