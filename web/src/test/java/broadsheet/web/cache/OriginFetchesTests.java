package broadsheet.web.cache;

import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.web.query.PageQuery;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.http.server.reactive.observation.DefaultServerRequestObservationConvention;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Mono;

class OriginFetchesTests {

    private final AtomicInteger originCalls = new AtomicInteger();
    private final AtomicLong nanos = new AtomicLong();
    private final CacheKey key = CacheKey.of(MockServerHttpRequest.get("/a").build(), new PageQuery(Set.of()));
    private final OriginFetches fetches = fetches();

    /** It found no answer, or one that was no longer fresh, before the answer to another request was stored. */
    @Test
    void aRequestThatComesJustAfterTheAnswerToAnotherGetsThatAnswer() {
        StoredAnswer first = fetches.fetch(key, null).block();
        assertThat(fetches.fetch(key, null).block()).isSameAs(first);
        assertThat(originCalls).hasValue(1);

        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(fetches.fetch(key, null).block()).as("no longer fresh").isNotSameAs(first);
    }

    private OriginFetches fetches() {
        var second = Duration.ofSeconds(1);
        var properties = new CacheProperties(
                true,
                DataSize.ofKilobytes(200),
                DataSize.ofKilobytes(50),
                second,
                second,
                second,
                Duration.ofMinutes(1));
        return new OriginFetches(
                (request, response) -> {
                    originCalls.incrementAndGet();
                    response.getHeaders().setCacheControl(CacheTestServer.SHARED);
                    return Mono.empty();
                },
                new StoredAnswers(properties, nanos::get),
                new SurrogateKeys(properties.maxWait()),
                new CacheMetrics(new SimpleMeterRegistry(), new DefaultServerRequestObservationConvention()),
                properties,
                nanos::get,
                InstantSource.system());
    }
}
