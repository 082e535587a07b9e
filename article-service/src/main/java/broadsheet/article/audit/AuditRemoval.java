package broadsheet.article.audit;

import broadsheet.store.PeriodicWork;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Removes entries that are as old as the settings say. */
@Component
class AuditRemoval extends PeriodicWork {

    private static final Duration FIRST = Duration.ofMinutes(1);
    private static final Duration EVERY = Duration.ofHours(1);

    private final StoredEntries store;
    private final AuditProperties properties;
    private final InstantSource clock;

    AuditRemoval(StoredEntries store, AuditProperties properties, InstantSource clock) {
        super(FIRST, EVERY);
        this.store = store;
        this.properties = properties;
        this.clock = clock;
    }

    @Override
    protected Mono<Void> run() {
        return store.removeBefore(clock.instant().minus(properties.keep()));
    }
}
