package broadsheet.web.cache;

import static broadsheet.web.cache.CacheTestServer.SHARED;
import static broadsheet.web.cache.CacheTestServer.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import broadsheet.web.problem.SharedNotFound;
import io.netty.handler.codec.http.HttpMethod;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** How answers age, are refreshed, dropped, and served while no newer one can be had; over HTTP, on a real server. */
class CacheRefreshTests {

    private final CacheTestServer server = new CacheTestServer();

    /** Until it is let go the origin, where it waits, does not answer. */
    private final Sinks.Empty<Void> gate = Sinks.empty();

    @AfterEach
    void close() {
        gate.tryEmitEmpty();
        server.close();
    }

    /** The origin reads its store now, and answers with what it read once the gate is open. */
    private void originReadsAndWaits(AtomicInteger store) {
        server.origin = exchange -> {
            String read = "version " + store.get();
            return gate.asMono().then(Mono.defer(() -> answer(exchange, SHARED, read)));
        };
    }

    @Test
    void aFreshAnswerIsNotAskedForAgain() {
        server.get("/a");
        server.pass(Duration.ofMillis(999));
        assertThat(server.get("/a").body()).isEqualTo("answer 1");
        assertThat(server.originCalls).hasValue(1);
    }

    @Test
    void whileOneRequestRefreshesOthersGetTheOldAnswer() {
        server.get("/a");
        originReadsAndWaits(new AtomicInteger(2));
        server.pass(Duration.ofMillis(1_500));
        for (int i = 0; i < 10; i++) {
            var stale = server.get("/a");
            assertThat(stale.body()).isEqualTo("answer 1");
            assertThat(stale.header("Age")).isEqualTo("1");
        }
        await().untilAtomic(server.originCalls, is(2));
        assertThat(server.gets("stale")).isEqualTo(10);
        gate.tryEmitEmpty();
        await().until(() -> server.get("/a").body().equals("version 2"));
        assertThat(server.originCalls).hasValue(2);
    }

    @Test
    void nothingIsOlderThanTwoSecondsWhileTheOriginAnswers() {
        server.get("/a");
        server.pass(Duration.ofSeconds(2));
        assertThat(server.get("/a").body()).isEqualTo("answer 2");
        server.pass(Duration.ofHours(1));
        assertThat(server.get("/a").body()).isEqualTo("answer 3");
    }

    @Test
    void manyWhoAskAtOnceAreOneRequestToTheOrigin() {
        originReadsAndWaits(new AtomicInteger(1));
        List<CompletableFuture<CacheTestServer.Answer>> answers = IntStream.range(0, 20)
                .mapToObj(i -> server.later(HttpMethod.GET, "/a").toFuture())
                .toList();
        await().until(() -> server.gets("miss") == 20);
        gate.tryEmitEmpty();
        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.join().body()).isEqualTo("version 1"));
        assertThat(server.originCalls).hasValue(1);
    }

    @Test
    void aDropEndsAnswersAtOnce() {
        server.get("/a");
        server.get("/b");
        server.cache.drop("other");
        assertThat(server.get("/a").body()).isEqualTo("answer 1");
        server.cache.drop("article");
        assertThat(server.get("/a").body()).isEqualTo("answer 3");
        assertThat(server.get("/a").body()).isEqualTo("answer 3");
        server.cache.drop("unheard-of", "articles");
        assertThat(server.get("/b").body()).isEqualTo("answer 4");
        assertThat(server.get("/a").body()).isEqualTo("answer 5");
    }

    @Test
    void whatWasNotFoundIsAskedForAgainAfterAnyDrop() {
        server.origin = exchange -> {
            exchange.getResponse().setRawStatusCode(404);
            exchange.getResponse().getHeaders().setCacheControl(SHARED);
            exchange.getResponse().getHeaders().set(SharedCaching.SURROGATE_KEY, SharedNotFound.SURROGATE_KEY);
            return exchange.getResponse().setComplete();
        };
        server.get("/a");
        server.get("/a");
        assertThat(server.originCalls).hasValue(1);
        server.cache.drop("anything");
        server.get("/a");
        assertThat(server.originCalls).hasValue(2);
    }

    @Test
    void whatWasReadBeforeADropIsNeverServedAfterIt() {
        var store = new AtomicInteger(1);
        originReadsAndWaits(store);
        var early = server.later(HttpMethod.GET, "/a").toFuture();
        await().untilAtomic(server.originCalls, is(1));
        store.set(2);
        server.cache.drop("article");
        var late = server.later(HttpMethod.GET, "/a").toFuture();
        await().until(() -> server.gets("miss") == 2);
        gate.tryEmitEmpty();
        assertThat(late.join().body()).isEqualTo("version 2");
        assertThat(early.join().body()).isEqualTo("version 2");
        assertThat(server.get("/a").body()).isEqualTo("version 2");
    }

    @Test
    void aRefreshFromBeforeADropIsNotStored() {
        var store = new AtomicInteger(1);
        server.origin = exchange -> answer(exchange, SHARED, "version " + store.get());
        server.get("/a");
        originReadsAndWaits(store);
        server.pass(Duration.ofMillis(1_500));
        server.get("/a");
        await().untilAtomic(server.originCalls, is(2));
        store.set(2);
        server.cache.drop("article");
        gate.tryEmitEmpty();
        for (int i = 0; i < 5; i++) {
            assertThat(server.get("/a").body()).isEqualTo("version 2");
        }
    }

    @Test
    void whileTheOriginFailsTheOldAnswerIsServedForMinutes() {
        server.get("/a");
        server.origin = CacheTestServer::fail;
        server.pass(Duration.ofSeconds(30));
        for (int i = 0; i < 5; i++) {
            var stale = server.get("/a");
            assertThat(stale.status()).isEqualTo(200);
            assertThat(stale.body()).isEqualTo("answer 1");
            assertThat(stale.header("Age")).isEqualTo("30");
        }
        assertThat(server.meters.get("cache.stale.if.error").timer().count()).isEqualTo(5);
        assertThat(server.originCalls.get())
                .as("asked once a second, not each time")
                .isLessThanOrEqualTo(2);
        assertThat(server.get("/unknown").status()).isEqualTo(503);

        server.pass(Duration.ofMinutes(5));
        assertThat(server.get("/a").header("Age")).isEqualTo("330");
        server.pass(Duration.ofMinutes(6));
        assertThat(server.get("/a").status()).as("older than stale-if-error").isEqualTo(503);
    }

    @Test
    void onceTheOriginIsBackItsAnswersAreServed() {
        server.get("/a");
        var answers = server.origin;
        server.origin = CacheTestServer::fail;
        server.pass(Duration.ofSeconds(30));
        server.get("/a");
        server.origin = answers;
        await().until(() -> {
            server.pass(Duration.ofSeconds(1));
            return !server.get("/a").body().equals("answer 1");
        });
        await().until(
                        () -> { // a refresh from before the time passed may still be under way
                            server.pass(Duration.ofSeconds(10));
                            return server.get("/a").header("Age") == null;
                        });
    }

    @Test
    void anOriginThatThrowsIsOneThatFails() {
        server.origin = exchange -> {
            throw new IllegalStateException("of the test");
        };
        server.get("/b");
        assertThat(server.get("/b").status()).isEqualTo(500);
    }

    @Test
    void whatWasDroppedStaysGoneWhileTheOriginFails() {
        server.get("/a");
        server.origin = CacheTestServer::fail;
        server.cache.drop("article");
        assertThat(server.get("/a").status()).isEqualTo(503);
        server.pass(Duration.ofSeconds(30));
        assertThat(server.get("/a").status()).isEqualTo(503);
    }

    @Test
    void anAnswerDroppedWhileANewerOneIsWaitedForIsNotServed() {
        server.get("/a");
        server.pass(Duration.ofSeconds(30));
        server.origin = exchange -> gate.asMono().then(Mono.defer(() -> CacheTestServer.fail(exchange)));
        var waiting = server.later(HttpMethod.GET, "/a").toFuture();
        await().untilAtomic(server.originCalls, is(2));
        server.cache.drop("article");
        gate.tryEmitEmpty();
        assertThat(waiting.join().status()).isEqualTo(503);
    }

    @Test
    void aClientThatLeavesDoesNotEndTheRequestThatOthersWaitFor() {
        originReadsAndWaits(new AtomicInteger(1));
        var leaving = server.later(HttpMethod.GET, "/a").subscribe();
        await().untilAtomic(server.originCalls, is(1));
        var waiting = server.later(HttpMethod.GET, "/a").toFuture();
        await().until(() -> server.gets("miss") == 2);
        leaving.dispose();
        gate.tryEmitEmpty();
        assertThat(waiting.join().body()).isEqualTo("version 1");
        assertThat(server.get("/a").body()).isEqualTo("version 1");
        assertThat(server.originCalls).hasValue(1);
    }

    @Test
    void whatHappensOnEachServingHappensForEachClientOnce() {
        var agents = new ConcurrentLinkedQueue<String>();
        server.origin = exchange -> {
            SharedResponses.onEachServed(
                    exchange,
                    request -> agents.add(String.valueOf(request.getHeaders().getFirst("User-Agent"))));
            return answer(exchange, SHARED, "answer " + server.originCalls.get());
        };
        server.get("/a", "User-Agent", "miss");
        server.get("/a", "User-Agent", "hit");
        server.get("/a", "User-Agent", "known", "If-None-Match", "*");
        server.get("/a", "User-Agent", "gzip", "Accept-Encoding", "gzip");
        server.ask(HttpMethod.HEAD, "/a", "User-Agent", "head");
        server.ask(HttpMethod.HEAD, "/b", "User-Agent", "head that asks");
        server.get("/a", "User-Agent", "staff", "Authorization", "Bearer x");
        server.ask(HttpMethod.HEAD, "/a", "User-Agent", "staff's head", "Authorization", "Bearer x");
        int calls = server.originCalls.get();
        server.pass(Duration.ofMillis(1_500));
        server.get("/a", "User-Agent", "stale");
        await().until(() -> server.originCalls.get() == calls + 1); // the refresh counts nothing
        server.pass(Duration.ofSeconds(10));
        server.get("/a", "User-Agent", "newer");
        assertThat(agents).containsExactly("miss", "hit", "known", "gzip", "staff", "stale", "newer");
    }

    @Test
    void whatFailsOnServingDoesNotKeepTheAnswerFromTheClient() {
        server.origin = exchange -> {
            SharedResponses.onEachServed(exchange, request -> {
                throw new IllegalStateException("of the test");
            });
            return answer(exchange, SHARED, "answer");
        };
        assertThat(server.get("/a").body()).isEqualTo("answer");
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(CacheTestServer.PATIENCE);
    }
}
