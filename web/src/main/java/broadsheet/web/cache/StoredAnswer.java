package broadsheet.web.cache;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * A complete answer as it is served, and for how long it may be: its age, its surrogate keys, and whether a newer one
 * can be had.
 */
final class StoredAnswer {

    /** Headers of one connection, or made anew for each representation. */
    private static final List<String> NOT_STORED = List.of(
            "connection", "keep-alive", "transfer-encoding", "trailer", "upgrade", "content-length", "age", "date");

    private static final int OVERHEAD = 2_048;

    private final HttpStatusCode status;
    private final Representation identity;
    private final Gzipped gzipped;
    private final List<Consumer<ServerHttpRequest>> onEachServed;
    private final RequestTimers timers;
    private final List<SurrogateKeys.LastDrop> drops;
    private final long asked;
    private final long storedNanos;
    private final Duration fresh;
    private final boolean variesByLanguage;

    private volatile boolean refreshFails;
    private volatile long refreshedNanos;

    /**
     * @param asked the moment of {@link SurrogateKeys} at which the origin was asked
     * @param storedNanos the time at which the origin was asked
     */
    StoredAnswer(
            OriginRequest request,
            OriginResponse response,
            RequestTimers timers,
            SurrogateKeys keys,
            long asked,
            long storedNanos,
            String date) {
        var headers = new HttpHeaders();
        headers.putAll(response.getHeaders());
        this.status = response.status();
        this.fresh = freshness(headers);
        this.variesByLanguage = CacheHeaders.varying(headers).contains("accept-language");
        this.drops = keys.lastDrops(CacheHeaders.surrogateKeys(headers));
        CacheHeaders.hideFromClients(headers);
        NOT_STORED.forEach(headers::remove);
        headers.set(HttpHeaders.DATE, date);
        byte[] body = response.body();
        boolean compressible = Gzipped.isWorthwhile(headers.getContentType(), body.length);
        if (compressible && !CacheHeaders.varying(headers).contains("accept-encoding")) {
            headers.add(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        }
        if (status.is2xxSuccessful() && headers.getETag() == null) {
            headers.setETag(eTag(body));
        }
        this.identity = new Representation(headers, body);
        this.gzipped = new Gzipped(identity, compressible);
        this.onEachServed = request.onEachServed();
        this.timers = timers;
        this.asked = asked;
        this.storedNanos = storedNanos;
        this.refreshedNanos = storedNanos;
    }

    private static Duration freshness(HttpHeaders headers) {
        Duration shared = CacheHeaders.sharedFor(headers);
        return shared == null ? Duration.ZERO : shared;
    }

    /** Weak, since the same text is the same to a reader; by its length and checksum. */
    private static String eTag(byte[] body) {
        var checksum = new CRC32C();
        checksum.update(body);
        return "W/\"%x-%x\"".formatted(body.length, checksum.getValue());
    }

    HttpStatusCode status() {
        return status;
    }

    Representation in(boolean gzip) {
        return gzip ? gzipped.get() : identity;
    }

    List<Consumer<ServerHttpRequest>> onEachServed() {
        return onEachServed;
    }

    RequestTimers timers() {
        return timers;
    }

    boolean variesByLanguage() {
        return variesByLanguage;
    }

    boolean isValid() {
        for (SurrogateKeys.LastDrop drop : drops) {
            if (drop.isAfter(asked)) {
                return false;
            }
        }
        return true;
    }

    /** How long ago the origin was asked for it. */
    long age(long nanos) {
        return nanos - storedNanos;
    }

    boolean isFresh(long nanos) {
        return age(nanos) < fresh.toNanos();
    }

    boolean isStaleFor(long nanos, Duration most) {
        return age(nanos) < fresh.plus(most).toNanos();
    }

    /** Whether the last attempt at a newer answer failed, so that none is waited for. */
    boolean refreshFails() {
        return refreshFails;
    }

    void refreshFailed(long nanos) {
        refreshedNanos = nanos;
        refreshFails = true;
    }

    boolean mayBeRefreshed(long nanos, Duration pause) {
        return !refreshFails || nanos - refreshedNanos >= pause.toNanos();
    }

    /** Spares the reader the wait for compression, where readers of the answer before had it compressed. */
    void prepareAs(StoredAnswer before) {
        gzipped.prepareAs(before.gzipped, Arrays.equals(identity.body(), before.identity.body()));
    }

    int weight() {
        return gzipped.possible() ? OVERHEAD + identity.body().length / 2 * 3 : OVERHEAD + identity.body().length;
    }
}
