package broadsheet.notification.webpush;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a browser's service worker gets to show.
 *
 * @param id of the message, the same in every attempt
 * @param type that of the event; {@code digest} or {@code test}
 * @param body what stands below the title; cut where the message would be too long
 * @param url what a click opens; a path where the site's origin is not set
 * @param tag a notification with the same one replaces it: a correction the alert that it corrects
 */
record PushPayload(
        String id,
        String type,
        String title,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String body,
        String url,
        String tag) {

    /** The most that fits into the 4,096 bytes that every push service takes (RFC 8291, 4). */
    static final int MAX_BYTES = 3993;

    /** As JSON, with as much of the body as fits. */
    byte[] encode(JsonMapper json) {
        byte[] whole = json.writeValueAsBytes(this);
        if (whole.length <= MAX_BYTES || body == null) {
            return whole;
        }
        int fits = 0;
        int tooLong = body.codePointCount(0, body.length());
        while (tooLong - fits > 1) {
            int middle = (fits + tooLong) >>> 1;
            if (json.writeValueAsBytes(cut(body, middle)).length <= MAX_BYTES) {
                fits = middle;
            } else {
                tooLong = middle;
            }
        }
        return json.writeValueAsBytes(cut(body, fits));
    }

    PushPayload withoutBody() {
        return new PushPayload(id, type, title, null, url, tag);
    }

    private PushPayload cut(String text, int codePoints) {
        String beginning = text.substring(0, text.offsetByCodePoints(0, codePoints));
        return new PushPayload(id, type, title, beginning + "…", url, tag);
    }
}
