package broadsheet.web.cache;

import broadsheet.web.problem.SharedNotFound;
import broadsheet.web.query.PageQuery;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.HttpHandlerDecoratorFactory;

/**
 * A shared HTTP cache (RFC 9111) in this process, ahead of Spring Security and WebFlux. It stores complete answers that say
 * {@code Cache-Control: public, s-maxage=N} (see {@link SharedResponses}) and serves them to clients without a session: for
 * N seconds, then while one request refreshes them, and while no newer answer can be had.
 */
public final class SharedHttpCache implements HttpHandlerDecoratorFactory {

    private final Supplier<PageQuery> pages;
    private final CacheProperties properties;
    private final CacheMetrics metrics;
    private final Ticker ticker;
    private final InstantSource clock;
    private final SurrogateKeys keys;

    SharedHttpCache(
            Supplier<PageQuery> pages,
            CacheProperties properties,
            CacheMetrics metrics,
            Ticker ticker,
            InstantSource clock) {
        this.pages = pages;
        this.properties = properties;
        this.metrics = metrics;
        this.ticker = ticker;
        this.clock = clock;
        this.keys = new SurrogateKeys(properties.maxWait());
    }

    /**
     * Ends all answers that depend on one of these keys, and those that are being made of what was read before. What was not
     * found may be there after a change, so every drop ends all 404s too.
     */
    public void drop(String... surrogateKeys) {
        keys.drop(SharedNotFound.SURROGATE_KEY);
        for (String key : surrogateKeys) {
            keys.drop(key);
        }
    }

    /** Called once for each server of the process; each has answers of its own. */
    @Override
    public HttpHandler apply(HttpHandler origin) {
        if (!properties.enabled()) {
            return new UncachedHandler(origin, metrics);
        }
        var answers = new StoredAnswers(properties, ticker);
        metrics.watch(answers);
        var fetches = new OriginFetches(origin, answers, keys, metrics, properties, ticker, clock);
        return new CachedHandler(
                new UncachedHandler(origin, metrics), pages.get(), answers, fetches, metrics, properties, ticker);
    }
}
