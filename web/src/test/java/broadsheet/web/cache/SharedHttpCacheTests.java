package broadsheet.web.cache;

import static broadsheet.web.cache.CacheTestServer.SHARED;
import static broadsheet.web.cache.CacheTestServer.answer;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import broadsheet.web.access.SessionTokens;
import io.netty.handler.codec.http.HttpMethod;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseCookie;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/** What is stored, for whom, and in which form it is served; over HTTP, on a real server. */
class SharedHttpCacheTests {

    private final CacheTestServer server = new CacheTestServer();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void anAnswerIsServedAgainWithoutTheOrigin() {
        var first = server.get("/a");
        var second = server.get("/a");
        assertThat(first.body()).isEqualTo("answer 1");
        assertThat(second.body()).isEqualTo("answer 1");
        assertThat(server.originCalls).hasValue(1);
        assertThat(server.gets("miss")).isEqualTo(1);
        assertThat(server.gets("hit")).isEqualTo(1);
        assertThat(server.meters.get("cache.weight").gauge().value()).isPositive();
    }

    @Test
    void aClientThatHasTheLastChangeGetsA304UnlessItNamesAnotherETag() {
        server.origin = exchange -> {
            exchange.getResponse().getHeaders().set("Last-Modified", "Fri, 27 Nov 2026 08:00:00 GMT");
            return answer(exchange, SHARED, "answer");
        };
        assertThat(server.get("/a").header("Last-Modified")).isEqualTo("Fri, 27 Nov 2026 08:00:00 GMT");
        assertThat(server.get("/a", "If-Modified-Since", "Fri, 27 Nov 2026 08:00:00 GMT")
                        .status())
                .isEqualTo(304);
        assertThat(server.get("/a", "If-Modified-Since", "Fri, 27 Nov 2026 07:59:59 GMT")
                        .status())
                .isEqualTo(200);
        assertThat(server.get("/a", "If-Modified-Since", "nonsense").status()).isEqualTo(200);
        assertThat(server.get("/a", "If-Modified-Since", "Fri, 27 Nov 2026 08:00:00 GMT", "If-None-Match", "\"other\"")
                        .status())
                .isEqualTo(200);
        assertThat(server.get("/b", "If-Modified-Since", "Fri, 27 Nov 2026 08:00:00 GMT")
                        .status())
                .isEqualTo(304);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "public",
                "public, max-age=60",
                "s-maxage=1",
                "private, s-maxage=1",
                "public, private, s-maxage=1",
                "public, no-store, s-maxage=1",
                "public, s-maxage=0",
                "public, s-maxage=-1",
                "public, s-maxage=soon",
                "public, s-maxage=99999999999999999999",
                "no-cache"
            })
    void whatIsNotMarkedAsSharedIsForOneClientAlone(String cacheControl) {
        server.origin = exchange -> answer(exchange, cacheControl, "answer " + server.originCalls.get());
        var first = server.get("/a");
        var second = server.get("/a");
        assertThat(first.body()).isNotEqualTo(second.body());
        assertThat(server.gets("hit")).isZero();
    }

    @Test
    void clientsAndCachesBehindUsDoNotLearnWhatTheSharedCacheMayDo() {
        for (String path : new String[] {"/stored", "/stored", "/passed"}) {
            var answer = path.equals("/passed") ? server.get(path, "Authorization", "Bearer x") : server.get(path);
            assertThat(answer.header("Cache-Control")).isEqualTo("no-cache");
            assertThat(answer.header("Surrogate-Key")).isNull();
        }
        server.origin = exchange -> answer(exchange, "public, max-age=60, s-maxage=1", "");
        assertThat(server.get("/kept").header("Cache-Control")).isEqualTo("public, max-age=60");
    }

    @ParameterizedTest
    @CsvSource({
        "Authorization, Bearer x",
        "Authorization, Basic x",
        "Cookie, " + SessionTokens.COOKIE + "=x",
        "Cookie, theme=dark; " + SessionTokens.COOKIE + "=x",
        "Range, bytes=0-3",
        "Accept, text/event-stream"
    })
    void whoeverMayGetAnAnswerOfTheirOwnSkipsTheCache(String header, String value) {
        server.get("/a");
        assertThat(server.get("/a", header, value).body()).isEqualTo("answer 2");
        assertThat(server.get("/a").body()).isEqualTo("answer 1");
        assertThat(server.get("/b", header, value).body()).isEqualTo("answer 3");
        assertThat(server.get("/b").body()).isEqualTo("answer 4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-cache", "no-store", "max-age=0"})
    void clientsCannotHaveTheOriginAsked(String cacheControl) {
        server.get("/a");
        server.get("/a", "Cache-Control", cacheControl, "Pragma", "no-cache");
        assertThat(server.originCalls).hasValue(1);
    }

    @Test
    void otherMethodsAreNotAnsweredFromTheCache() {
        server.get("/a");
        assertThat(server.ask(HttpMethod.POST, "/a").body()).isEqualTo("answer 2");
        assertThat(server.ask(HttpMethod.OPTIONS, "/a").body()).isEqualTo("answer 3");
    }

    @Test
    void nothingThatOneClientSendsReachesWhatOthersGet() {
        server.origin = exchange -> {
            var request = exchange.getRequest();
            return answer(
                    exchange,
                    SHARED,
                    request.getURI() + " " + request.getCookies() + " "
                            + request.getHeaders().headerSet());
        };
        var answer = server.get(
                "/a?q=1",
                "Host",
                "evil.example",
                "X-Forwarded-Host",
                "evil.example",
                "Forwarded",
                "host=evil.example",
                "Accept-Language",
                "evil",
                "Origin",
                "https://evil.example",
                "Cookie",
                "theme=evil",
                "If-None-Match",
                "\"evil\"",
                "User-Agent",
                "evil");
        assertThat(answer.body()).startsWith("http://localhost/a?q=1 {}").doesNotContain("evil");
        assertThat(server.get("/a?q=1").body()).isEqualTo(answer.body());
        assertThat(server.originCalls).hasValue(1);
    }

    @Test
    void whatNoPageDeclaresMakesNoOtherPage() {
        for (String uri : new String[] {
            "/a", "/a?", "/a?fbclid=1", "/a?fbclid=2", "/a?utm_source=x&utm_medium=q", "/a?q1=x", "/a?&", "/a?=x"
        }) {
            assertThat(server.get(uri).body()).isEqualTo(server.get("/a").body());
        }
        assertThat(server.get("/a?utm_source=x&q=1&fbclid=2").body())
                .isEqualTo(server.get("/a?q=1").body());
        assertThat(server.originCalls).hasValue(2);
        assertThat(server.get("/api/a?fbclid=1").body())
                .isNotEqualTo(server.get("/api/a").body());
        assertThat(server.get("/a?%71=1").body()).isNotEqualTo(server.get("/a").body());
    }

    @Test
    void differentAddressesHaveDifferentAnswers() {
        Set<String> bodies = ConcurrentHashMap.newKeySet();
        for (String uri :
                new String[] {"/a", "/a/", "/api/a?", "/a?x=1", "/a?x=2", "/A", "/%61", "/a%2Fb", "/a/b", "/a;v=1"}) {
            bodies.add(server.get(uri).body());
            assertThat(server.get(uri).body()).isIn(bodies);
        }
        assertThat(bodies).hasSize(10);
        assertThat(server.originCalls).hasValue(10);
    }

    @Test
    void whatAcceptsOtherTypesGetsAnotherAnswer() {
        server.origin = exchange ->
                answer(exchange, SHARED, exchange.getRequest().getHeaders().getAccept() + "");
        String browser = server.get("/a", "Accept", "text/html,application/xhtml+xml,image/avif,*/*;q=0.8")
                .body();
        assertThat(browser).isEqualTo("[text/html, */*;q=0.8]");
        assertThat(server.get("/a", "Accept", "text/html, image/webp, */*").body())
                .isEqualTo(browser);
        assertThat(server.get("/a").body()).isEqualTo("[*/*]");
        assertThat(server.get("/a", "Accept", "*/*").body()).isEqualTo("[*/*]");
        assertThat(server.get("/a", "Accept", "application/json").body()).isEqualTo("[application/json]");
        assertThat(server.originCalls).hasValue(3);
    }

    @ParameterizedTest
    @CsvSource({
        "Vary, Accept-Language",
        "Vary, *",
        "Vary, 'Accept, X-Device'",
        "Set-Cookie, a=b",
        "Content-Encoding, br"
    })
    void anAnswerThatDependsOnMoreThanTheKeyIsNotStored(String header, String value) {
        server.origin = exchange -> {
            exchange.getResponse().getHeaders().set(header, value);
            return answer(exchange, SHARED, "answer " + server.originCalls.get());
        };
        assertThat(server.get("/a").body()).isNotEqualTo(server.get("/a").body());
    }

    @Test
    void anAnswerWithACookieIsNotStored() {
        server.origin = exchange -> {
            exchange.getResponse().addCookie(ResponseCookie.from("a", "b").build());
            return answer(exchange, SHARED, "answer " + server.originCalls.get());
        };
        assertThat(server.get("/a").body()).isNotEqualTo(server.get("/a").body());
    }

    @Test
    void anAnswerMayVaryByWhatTheKeyHolds() {
        server.origin = exchange -> {
            exchange.getResponse().getHeaders().set("Vary", "Accept, Authorization, Cookie");
            return answer(exchange, SHARED, "answer " + server.originCalls.get());
        };
        assertThat(server.get("/a").body()).isEqualTo(server.get("/a").body());
    }

    @Test
    void aClientThatHasTheAnswerGetsNoBody() {
        String eTag = server.get("/a").eTag();
        assertThat(eTag).startsWith("W/\"");
        for (String known : new String[] {eTag, eTag.substring(2), "\"other\", " + eTag, "*"}) {
            var answer = server.get("/a", "If-None-Match", known);
            assertThat(answer.status()).isEqualTo(304);
            assertThat(answer.body()).isEmpty();
            assertThat(answer.eTag()).isEqualTo(eTag);
            assertThat(answer.header("Cache-Control")).isEqualTo("no-cache");
            assertThat(answer.header("Content-Type")).isNull();
        }
        assertThat(server.get("/a", "If-None-Match", "\"other\"").body()).isEqualTo("answer 1");
        assertThat(server.originCalls).hasValue(1);
    }

    @Test
    void theOriginsETagIsKeptButWeak() {
        server.origin = exchange -> {
            exchange.getResponse().getHeaders().setETag("\"5-public\"");
            return answer(exchange, SHARED, "answer");
        };
        assertThat(server.get("/a").eTag()).isEqualTo("W/\"5-public\"");
        assertThat(server.get("/a", "If-None-Match", "\"5-public\"").status()).isEqualTo(304);
        assertThat(server.get("/a", "If-None-Match", "\"15-public\"").status()).isEqualTo(200);
    }

    @Test
    void theETagOfAPictureStaysStrong() {
        server.origin = exchange -> {
            var headers = exchange.getResponse().getHeaders();
            headers.setETag("\"5\"");
            exchange.getResponse()
                    .beforeCommit(() -> Mono.fromRunnable(() -> headers.set("Content-Type", "image/png")));
            return answer(exchange, SHARED, "a picture");
        };
        assertThat(server.get("/a").eTag()).isEqualTo("\"5\"");
    }

    @Test
    void anErrorIsNoMatchForWhatTheClientHas() {
        server.origin = exchange -> {
            exchange.getResponse().setStatusCode(HttpStatus.NOT_FOUND);
            return answer(exchange, SHARED, "nothing");
        };
        var answer = server.get("/a", "If-None-Match", "*");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body()).isEqualTo("nothing");
        server.get("/a");
        assertThat(server.originCalls).hasValue(1);
    }

    @Test
    void headHasTheHeadersOfGetAlone() {
        var head = server.ask(HttpMethod.HEAD, "/a");
        var get = server.get("/a");
        assertThat(head.body()).isEmpty();
        assertThat(head.header("Content-Length")).isEqualTo(get.header("Content-Length"));
        assertThat(head.eTag()).isEqualTo(get.eTag());
        assertThat(server.originCalls).hasValue(1);
        assertThat(server.ask(HttpMethod.HEAD, "/a", "If-None-Match", "*").status())
                .isEqualTo(304);
    }

    @Test
    void whoAcceptsGzipGetsIt() throws IOException {
        String text = "All the news that is fit to print. ".repeat(100);
        server.origin = exchange -> answer(exchange, SHARED, text);
        var gzipped = server.get("/a", "Accept-Encoding", "gzip, deflate, br");
        var plain = server.get("/a");
        assertThat(gzipped.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(gzipped.bytes()).hasSizeLessThan(text.length() / 2);
        assertThat(new GZIPInputStream(new ByteArrayInputStream(gzipped.bytes())).readAllBytes())
                .isEqualTo(plain.bytes());
        assertThat(plain.body()).isEqualTo(text);
        assertThat(plain.header("Content-Encoding")).isNull();
        assertThat(plain.header("Vary")).isEqualTo("Accept-Encoding");
        assertThat(gzipped.header("Vary")).isEqualTo("Accept-Encoding");
        assertThat(server.get("/a", "Accept-Encoding", "gzip", "If-None-Match", plain.eTag())
                        .status())
                .isEqualTo(304);
        assertThat(server.ask(HttpMethod.HEAD, "/a", "Accept-Encoding", "gzip").header("Content-Length"))
                .isEqualTo(gzipped.header("Content-Length"));
        for (String refused : new String[] {"gzip;q=0", "gzip; q=0, br", "br, gzip ;q=0.0", "br"}) {
            assertThat(server.get("/a", "Accept-Encoding", refused).header("Content-Encoding"))
                    .as(refused)
                    .isNull();
        }
        assertThat(server.get("/a", "Accept-Encoding", "br, gzip;q=0.5").header("Content-Encoding"))
                .isEqualTo("gzip");
        assertThat(server.originCalls).hasValue(1);
    }

    @Test
    void whatIsSmallIsNotCompressed() {
        assertThat(server.get("/a", "Accept-Encoding", "gzip").header("Content-Encoding"))
                .isNull();
    }

    @Test
    void anAnswerThatIsTooLargeIsServedButNotStored() {
        String large = "x".repeat(60_000);
        server.origin = exchange -> answer(exchange, SHARED, large);
        assertThat(server.get("/a").body()).isEqualTo(large);
        assertThat(server.get("/a").body()).isEqualTo(large);
        assertThat(server.gets("hit")).isZero();
    }

    @Test
    void allAnswersTogetherAreBounded() {
        server.origin = exchange -> answer(exchange, SHARED, "x".repeat(10_000));
        for (int i = 0; i < 100; i++) {
            server.get("/a?x=" + i);
        }
        await().atMost(CacheTestServer.PATIENCE).untilAsserted(() -> {
            server.get("/a?x=0");
            assertThat(server.meters.get("cache.weight").gauge().value()).isBetween(10_000.0, 200 * 1024.0);
        });
        assertThat(server.meters.get("cache.size").gauge().value()).isLessThan(20);
    }

    @Test
    void aStreamWithoutEndIsNotHeldByTheCache() {
        server.origin = exchange -> {
            var response = exchange.getResponse();
            return response.writeAndFlushWith(Flux.interval(Duration.ofMillis(10))
                    .onBackpressureDrop()
                    .map(i -> Mono.just(response.bufferFactory().wrap(new byte[] {'.'}))));
        };
        byte[] first = server.client()
                .get()
                .uri("/stream")
                .responseContent()
                .asByteArray()
                .blockFirst(CacheTestServer.PATIENCE);
        assertThat(first).isNotEmpty();
    }

    @Test
    void everyServerHasAnswersOfItsOwn() {
        server.get("/a");
        var second = server.serverOf((asked, answered) -> {
            answered.getHeaders().set(HttpHeaders.CACHE_CONTROL, SHARED);
            return answered.writeWith(Mono.just(answered.bufferFactory().wrap("management".getBytes(UTF_8))));
        });
        try {
            String body = HttpClient.create()
                    .get()
                    .uri("http://localhost:" + second.port() + "/a")
                    .responseContent()
                    .aggregate()
                    .asString()
                    .block(CacheTestServer.PATIENCE);
            assertThat(body).isEqualTo("management");
        } finally {
            second.disposeNow();
        }
    }
}
