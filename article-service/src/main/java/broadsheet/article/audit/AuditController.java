package broadsheet.article.audit;

import broadsheet.web.paging.Page;
import broadsheet.web.problem.InvalidFieldException;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
class AuditController {

    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

    private final StoredEntries entries;

    AuditController(StoredEntries entries) {
        this.entries = entries;
    }

    /** The newest first. */
    @GetMapping("/api/audit")
    Mono<Page<StoredEntry>> list(
            @RequestParam(required = false) @Nullable String actor,
            @RequestParam(required = false) @Nullable String action,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int most = Page.limit(limit);
        if (cursor != null && !ID.matcher(cursor).matches()) {
            throw new InvalidFieldException("cursor", "is not one that a list gave out");
        }
        var filter = new AuditFilter(actor, action, possible("from", from), possible("to", to));
        return entries.find(filter, cursor, most + 1)
                .collectList()
                .map(found -> Page.of(found, most, entry -> entry, StoredEntry::id));
    }

    private static @Nullable Instant possible(String name, @Nullable Instant time) {
        if (time != null && (time.isBefore(Instant.EPOCH) || time.isAfter(LATEST))) {
            throw new InvalidFieldException(name, "must be between the years 1970 and 9999");
        }
        return time;
    }
}
