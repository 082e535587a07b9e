package broadsheet.article.site;

import java.time.Duration;
import java.time.Instant;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.server.ServerWebExchange;

/** A document of the site that programs read again and again, such as a feed: whoever has it already gets a 304. */
public final class SiteDocument {

    /** A time in whole seconds says nothing of a second change within it, or by a clock beside it (RFC 9110, 8.8.2.2). */
    private static final Duration UNTIL_A_TIME_TELLS = Duration.ofSeconds(60);

    private final MediaType mediaType;
    private final byte[] body;
    private final @Nullable Instant changed;

    /** @param changed when what it shows was last changed; null where that is not known */
    public SiteDocument(MediaType mediaType, byte[] body, @Nullable Instant changed) {
        this.mediaType = mediaType;
        this.body = body;
        this.changed = changed;
    }

    public ResponseEntity<byte[]> answer(ServerWebExchange exchange, Instant now) {
        String eTag = eTag();
        Instant lastModified =
                changed == null || changed.equals(Instant.EPOCH) || changed.isAfter(now.minus(UNTIL_A_TIME_TELLS))
                        ? Instant.MIN
                        : changed;
        if (exchange.checkNotModified(eTag, lastModified)) {
            return ResponseEntity.status(HttpStatus.NOT_MODIFIED).build();
        }
        return ResponseEntity.ok().contentType(mediaType).body(body);
    }

    private String eTag() {
        var checksum = new CRC32C();
        checksum.update(body);
        return "W/\"%x-%x\"".formatted(body.length, checksum.getValue());
    }
}
