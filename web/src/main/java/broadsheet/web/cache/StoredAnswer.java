package broadsheet.web.cache;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;

/** A complete answer, as it is and compressed, and for how long it may be served. */
final class StoredAnswer {

    /** Headers of one connection, or that are set for each client. */
    private static final List<String> NOT_STORED =
            List.of("connection", "keep-alive", "transfer-encoding", "trailer", "upgrade", "content-length", "age");

    private static final int SMALLEST_TO_COMPRESS = 1_024;
    private static final int OVERHEAD_BYTES = 2_048;
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

    private final HttpStatusCode status;
    private final Representation plain;
    private final boolean compressible;
    private final List<Consumer<ServerHttpRequest>> onEachServed;
    private final List<SurrogateKeys.LastDrop> lastDrops;
    private final Moment asked;
    private final Duration fresh;
    private final RequestTimers timers;

    private volatile @Nullable Representation compressed;
    private volatile boolean refreshFails;
    private volatile long refreshFailedNanos;

    StoredAnswer(
            OriginResponse response,
            List<Consumer<ServerHttpRequest>> onEachServed,
            List<SurrogateKeys.LastDrop> lastDrops,
            Moment asked,
            RequestTimers timers) {
        this.status = response.getStatusCode();
        this.fresh = SharedCaching.sharedFor(response.getHeaders());
        this.onEachServed = onEachServed;
        this.lastDrops = lastDrops;
        this.asked = asked;
        this.timers = timers;
        byte[] body = response.body();
        var headers = HttpHeaders.copyOf(response.getHeaders());
        SharedCaching.hideFromClient(headers);
        NOT_STORED.forEach(headers::remove);
        headers.setDate(asked.millis());
        boolean isText = isText(headers.getContentType());
        this.compressible = isText && body.length >= SMALLEST_TO_COMPRESS;
        if (compressible) {
            headers.add(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        }
        if (status.is2xxSuccessful()) {
            headers.setETag(eTag(headers.getETag(), isText, body));
        }
        this.plain = new Representation(headers, body);
    }

    /**
     * When the origin was asked.
     *
     * @param drops of surrogate keys before
     */
    record Moment(long drops, long nanos, long millis) {}

    /**
     * A strong ETag names one sequence of bytes, such as those of a picture. Compressed bytes are others, and so may be the
     * hits of an article beside the same text; a weak one names both.
     */
    private static String eTag(@Nullable String eTag, boolean isText, byte[] body) {
        if (eTag != null) {
            return eTag.startsWith("W/") || !isText ? eTag : "W/" + eTag;
        }
        var checksum = new CRC32C();
        checksum.update(body);
        return "W/\"%x-%x\"".formatted(body.length, checksum.getValue());
    }

    HttpStatusCode status() {
        return status;
    }

    boolean isServerError() {
        return status.is5xxServerError();
    }

    List<Consumer<ServerHttpRequest>> onEachServed() {
        return onEachServed;
    }

    RequestTimers timers() {
        return timers;
    }

    Representation plain() {
        return plain;
    }

    /** Compressed once, for the first reader who accepts it; the plain one where compressing is not worthwhile. */
    Representation gzipped() {
        if (!compressible) {
            return plain;
        }
        var already = compressed;
        return already == null ? compress() : already;
    }

    private synchronized Representation compress() {
        var already = compressed;
        if (already != null) {
            return already;
        }
        var made = plain.gzipped();
        compressed = made;
        return made;
    }

    private static boolean isText(@Nullable MediaType type) {
        if (type == null) {
            return false;
        }
        String subtype = type.getSubtype().toLowerCase(Locale.ROOT);
        return type.getType().equals("text")
                || subtype.endsWith("json")
                || subtype.endsWith("xml")
                || subtype.endsWith("javascript");
    }

    /** Whether nothing that it depends on was dropped since the origin was asked. */
    boolean isValid() {
        for (SurrogateKeys.LastDrop drop : lastDrops) {
            if (drop.isAfter(asked.drops())) {
                return false;
            }
        }
        return true;
    }

    /** How long ago the origin was asked for it, in nanoseconds. */
    long age(long nanos) {
        return nanos - asked.nanos();
    }

    boolean isFresh(long nanos) {
        return age(nanos) < fresh.toNanos();
    }

    boolean isFreshOrStaleFor(Duration most, long nanos) {
        return age(nanos) < fresh.plus(most).toNanos();
    }

    /** Whether the last attempt at a newer answer failed, so that nobody waits for the next. */
    boolean refreshFails() {
        return refreshFails;
    }

    void refreshFailed(long nanos) {
        refreshFailedNanos = nanos;
        refreshFails = true;
    }

    boolean mayBeRefreshedAgain(long nanos) {
        return nanos - refreshFailedNanos >= PAUSE_AFTER_FAILURE.toNanos();
    }

    /** About how many bytes it takes, compressed form included. */
    int weight() {
        return OVERHEAD_BYTES + plain.weight() + (compressible ? plain.bodyBytes() / 2 : 0);
    }
}
