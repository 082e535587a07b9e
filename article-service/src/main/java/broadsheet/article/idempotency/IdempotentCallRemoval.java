package broadsheet.article.idempotency;

import broadsheet.store.PeriodicWork;
import java.time.Duration;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Forgets calls once a day has passed. */
@Component
class IdempotentCallRemoval extends PeriodicWork {

    private static final Duration FIRST = Duration.ofMinutes(2);
    private static final Duration EVERY = Duration.ofHours(1);

    private final IdempotentCalls calls;

    IdempotentCallRemoval(IdempotentCalls calls) {
        super(FIRST, EVERY);
        this.calls = calls;
    }

    @Override
    protected Mono<Void> run() {
        return calls.removeOld();
    }
}
