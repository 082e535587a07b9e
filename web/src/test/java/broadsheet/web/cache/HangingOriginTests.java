package broadsheet.web.cache;

import static broadsheet.web.cache.CacheTestServer.SHARED;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Whoever waits for an origin that does not answer waits for so long and no longer. */
class HangingOriginTests {

    private static final Duration SHORT = Duration.ofMillis(200);

    @Test
    void whereThereIsAnOlderAnswerThatOneIsServed() {
        try (var server = new CacheTestServer(SHORT, CacheTestServer.PATIENCE)) {
            server.get("/a");
            server.pass(Duration.ofSeconds(30));
            server.origin = exchange -> Mono.never();
            assertThat(server.get("/a").header("Age")).isEqualTo("30");
            assertThat(server.get("/a").header("Age")).isEqualTo("30");
        }
    }

    @Test
    void whereThereIsNoneTheClientIsTold() {
        try (var server = new CacheTestServer(SHORT, SHORT)) {
            server.origin = exchange -> Mono.never();
            var answer = server.get("/a");
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("Retry-After")).isNotNull();
        }
    }

    @Test
    void whoseAnswerWasDroppedMeanwhileDoesNotWaitOnceMore() {
        try (var server = new CacheTestServer(CacheTestServer.PATIENCE, SHORT)) {
            server.origin = exchange -> {
                server.cache.drop("article");
                return server.originCalls.get() == 1 ? CacheTestServer.answer(exchange, SHARED, "old") : Mono.never();
            };
            assertThat(server.get("/a").status()).isEqualTo(503);
        }
    }

    @Test
    void whoseAnswerIsNotForOthersDoesNotWaitOnceMore() {
        try (var server = new CacheTestServer(CacheTestServer.PATIENCE, SHORT)) {
            server.origin = exchange ->
                    server.originCalls.get() == 1 ? CacheTestServer.answer(exchange, "private", "own") : Mono.never();
            assertThat(server.get("/a").status()).isEqualTo(503);
        }
    }
}
