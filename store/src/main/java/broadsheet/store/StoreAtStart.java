package broadsheet.store;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** What a service needs of its store before it serves: a store that is slow or starts itself does not end the start. */
public final class StoreAtStart {

    private static final int RETRIES = 5;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);

    private StoreAtStart() {}

    /**
     * Waits for the result; what may be done twice is done again where the store did not do it, for 40 seconds at most.
     *
     * @throws DataAccessException the last one, after that time
     */
    public static <T> @Nullable T await(Mono<T> repeatable) {
        return repeatable
                .retryWhen(Retry.backoff(RETRIES, FIRST_PAUSE)
                        .filter(DataAccessException.class::isInstance)
                        .onRetryExhaustedThrow((retry, last) -> last.failure()))
                .block();
    }
}
