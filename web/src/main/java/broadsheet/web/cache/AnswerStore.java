package broadsheet.web.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Policy;
import com.github.benmanes.caffeine.cache.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * The answers, bounded in bytes; what is asked for often stays when someone asks for much once. Errors have a share of
 * their own, so that addresses made up cannot push articles out.
 */
final class AnswerStore {

    private static final int SHARE_OF_ERRORS = 16;

    private final Cache<CacheKey, StoredAnswer> answers;
    private final Cache<CacheKey, StoredAnswer> errors;

    AnswerStore(CacheProperties properties, Ticker ticker) {
        long bytes = properties.maxBytes().toBytes();
        this.answers = cache(properties, ticker, bytes);
        this.errors = cache(properties, ticker, bytes / SHARE_OF_ERRORS);
    }

    private static Cache<CacheKey, StoredAnswer> cache(CacheProperties properties, Ticker ticker, long bytes) {
        return Caffeine.newBuilder()
                .maximumWeight(bytes)
                .weigher((CacheKey key, StoredAnswer answer) -> key.weight() + answer.weight())
                .expireAfterWrite(properties.staleIfError().plusSeconds(2))
                .ticker(ticker)
                .build();
    }

    /** Null also for what was dropped. */
    @Nullable StoredAnswer find(CacheKey key) {
        StoredAnswer answer = answers.getIfPresent(key);
        if (answer == null) {
            answer = errors.getIfPresent(key);
        }
        return answer != null && answer.isValid() ? answer : null;
    }

    void put(CacheKey key, StoredAnswer answer) {
        boolean error = answer.status().isError();
        (error ? errors : answers).put(key, answer);
        (error ? answers : errors).invalidate(key);
    }

    void remove(CacheKey key) {
        answers.invalidate(key);
        errors.invalidate(key);
    }

    long size() {
        return answers.estimatedSize() + errors.estimatedSize();
    }

    long bytes() {
        return weight(answers) + weight(errors);
    }

    private static long weight(Cache<CacheKey, StoredAnswer> cache) {
        return cache.policy()
                .eviction()
                .map(Policy.Eviction::weightedSize)
                .map(weight -> weight.orElse(0))
                .orElse(0L);
    }
}
