package broadsheet.web.cache;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/** The gzip representation of an answer, made once, when the first reader who accepts it asks. */
final class Gzipped {

    private static final int SMALLEST = 1_024;

    private final Representation identity;
    private final boolean possible;
    private volatile @Nullable Representation made;

    Gzipped(Representation identity, boolean possible) {
        this.identity = identity;
        this.possible = possible;
    }

    static boolean isWorthwhile(@Nullable MediaType type, int length) {
        return length >= SMALLEST && type != null && isText(type);
    }

    boolean possible() {
        return possible;
    }

    /** The identity representation where compressing is not worthwhile. */
    Representation get() {
        if (!possible) {
            return identity;
        }
        var already = made;
        return already == null ? makeOnce() : already;
    }

    /** Compresses now if the answer before was compressed, so that no reader waits for it. */
    void prepareAs(Gzipped before, boolean sameBytes) {
        var old = before.made;
        if (possible && old != null) {
            made = with(sameBytes ? old.body() : compressed(identity.body()));
        }
    }

    private synchronized Representation makeOnce() {
        var already = made;
        var gzipped = already == null ? with(compressed(identity.body())) : already;
        made = gzipped;
        return gzipped;
    }

    /** A strong ETag is for one sequence of bytes, so this representation has a weak one. */
    private Representation with(byte[] bytes) {
        var headers = new HttpHeaders();
        headers.putAll(identity.headers());
        headers.set(HttpHeaders.CONTENT_ENCODING, "gzip");
        String eTag = headers.getFirst(HttpHeaders.ETAG);
        if (eTag != null && !eTag.startsWith("W/")) {
            headers.set(HttpHeaders.ETAG, "W/" + eTag);
        }
        return new Representation(headers, bytes);
    }

    private static byte[] compressed(byte[] bytes) {
        var compressed = new ByteArrayOutputStream(bytes.length / 2);
        try (var gzip = new GZIPOutputStream(compressed)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return compressed.toByteArray();
    }

    private static boolean isText(MediaType type) {
        String subtype = type.getSubtype().toLowerCase(Locale.ROOT);
        return type.getType().equals("text")
                || subtype.equals("json")
                || subtype.equals("javascript")
                || subtype.endsWith("+json")
                || subtype.endsWith("xml");
    }
}
