package broadsheet.web.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Policy;
import com.github.benmanes.caffeine.cache.Ticker;
import org.jspecify.annotations.Nullable;

/** The answers of one server, bounded in bytes; what is asked for often stays when someone asks for much once. */
final class StoredAnswers {

    private final Cache<CacheKey, StoredAnswer> answers;

    StoredAnswers(CacheProperties properties, Ticker ticker) {
        this.answers = Caffeine.newBuilder()
                .maximumWeight(properties.maxBytes().toBytes())
                .weigher((CacheKey key, StoredAnswer answer) -> key.weight() + answer.weight())
                .expireAfterWrite(properties.staleIfError())
                .ticker(ticker)
                .executor(Runnable::run) // to wake another thread takes longer
                .build();
    }

    /** Null also for what was dropped. */
    @Nullable StoredAnswer find(CacheKey key) {
        var answer = answers.getIfPresent(key);
        return answer != null && answer.isValid() ? answer : null;
    }

    void put(CacheKey key, StoredAnswer answer) {
        answers.put(key, answer);
    }

    void remove(CacheKey key) {
        answers.invalidate(key);
    }

    long size() {
        return answers.estimatedSize();
    }

    long bytes() {
        return answers.policy()
                .eviction()
                .map(Policy.Eviction::weightedSize)
                .map(weight -> weight.orElse(0))
                .orElse(0L);
    }
}
