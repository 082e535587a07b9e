package broadsheet.article.audit;

import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * An entry of the audit trail in the store.
 *
 * @param id a UUIDv7 of the moment, so that ids are in the order of time
 * @param action what happened, such as {@code account-changed}
 * @param actor who did it, or says to be who did; null where nobody is known
 */
@Document("audit")
record StoredEntry(
        @Id String id, Instant at, String action, @Nullable String actor, Map<String, String> details) {

    private static final int BITS_BEHIND_TIME = 16;

    /** One that happens now. */
    static StoredEntry now(String action, Map<String, String> details) {
        UUID id = UuidCreator.getTimeOrderedEpoch();
        return new StoredEntry(
                id.toString(),
                Instant.ofEpochMilli(id.getMostSignificantBits() >>> BITS_BEHIND_TIME),
                action,
                details.getOrDefault("by", details.get("username")),
                details);
    }

    /** What the ids of all entries from this moment on are not below. */
    static String firstId(Instant at) {
        return new UUID((at.toEpochMilli() << BITS_BEHIND_TIME) | 0x7000, Long.MIN_VALUE).toString();
    }
}
