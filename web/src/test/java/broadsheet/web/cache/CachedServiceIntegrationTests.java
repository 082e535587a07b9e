package broadsheet.web.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import broadsheet.web.ServiceTest;
import broadsheet.web.SmallService;
import broadsheet.web.access.SessionTokens;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Collection;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

/** The cache in front of a service with its security, its errors and its metrics. */
@ServiceTest
class CachedServiceIntegrationTests {

    private final WebTestClient http;
    private final MeterRegistry meters;
    private final String id = UUID.randomUUID().toString();

    @Autowired
    CachedServiceIntegrationTests(WebTestClient http, MeterRegistry meters) {
        this.http = http;
        this.meters = meters;
    }

    @Test
    void aStoredAnswerHasTheHeadersOfTheServiceAndIsCountedAsARequest() {
        double hits = gets("hit");
        for (int i = 0; i < 3; i++) {
            http.get()
                    .uri("/counted/" + id)
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectHeader()
                    .valueEquals("X-Content-Type-Options", "nosniff")
                    .expectHeader()
                    .valueEquals(HttpHeaders.CACHE_CONTROL, "no-cache")
                    .expectHeader()
                    .exists(HttpHeaders.DATE)
                    .expectBody(String.class)
                    .isEqualTo(id);
        }
        http.get()
                .uri("/counted/" + id)
                .header(HttpHeaders.IF_NONE_MATCH, "*")
                .exchange()
                .expectStatus()
                .isNotModified();
        http.head().uri("/counted/" + id).exchange().expectStatus().isOk();
        assertThat(gets("hit") - hits).isBetween(1.0, 4.0);
        await().atMost(CacheTestServer.PATIENCE).untilAsserted(() -> {
            assertThat(requests("GET", "200")).isEqualTo(3);
            assertThat(requests("GET", "304")).isEqualTo(1);
            assertThat(requests("HEAD", "200")).isEqualTo(1);
        });
    }

    @Test
    void aSessionThatIsNoLongerGoodGetsTheAnswerOfEveryonePastTheCache() {
        double passed = gets("pass");
        var request = http.get().uri("/shared/" + id).cookie(SessionTokens.COOKIE, "expired");
        request.exchange()
                .expectHeader()
                .valueEquals(HttpHeaders.CACHE_CONTROL, "no-cache")
                .expectHeader()
                .doesNotExist(SharedCaching.SURROGATE_KEY)
                .expectBody(String.class)
                .isEqualTo(id);
        assertThat(gets("pass")).isGreaterThan(passed);
    }

    @Test
    void whatALinkWasSharedWithChangesNoPage() {
        var link = new AtomicInteger();
        await().atMost(CacheTestServer.PATIENCE)
                .untilAsserted(
                        () -> { // a machine that is slow misses the second
                            get("/shared/" + id);
                            double hits = gets("hit");
                            get("/shared/" + id + "?fbclid=" + link.incrementAndGet());
                            assertThat(gets("hit")).isEqualTo(hits + 1);
                        });
    }

    @Test
    void whatIsNotThereIsLookedForOnce() {
        int before = SmallService.unknownAsked.get();
        for (int i = 0; i < 3; i++) {
            http.get()
                    .uri("/unknown/" + id)
                    .exchange()
                    .expectStatus()
                    .isNotFound()
                    .expectHeader()
                    .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                    .expectHeader()
                    .valueEquals(HttpHeaders.CACHE_CONTROL, "no-cache");
        }
        http.get()
                .uri("/unknown/" + id)
                .accept(MediaType.TEXT_HTML, MediaType.ALL)
                .exchange()
                .expectStatus()
                .isNotFound()
                .expectHeader()
                .contentTypeCompatibleWith(MediaType.TEXT_HTML);
        assertThat(SmallService.unknownAsked.get() - before).isBetween(2, 4);
        http.get()
                .uri("/nowhere/" + id)
                .exchange()
                .expectStatus()
                .isNotFound()
                .expectHeader()
                .valueEquals(HttpHeaders.CACHE_CONTROL, "no-cache");
    }

    private void get(String path) {
        http.get().uri(path).exchange().expectStatus().isOk();
    }

    private double gets(String result) {
        return meters.counter("cache.gets", "cache", "http", "result", result).count();
    }

    private long requests(String method, String status) {
        Collection<Timer> timers = meters.find("http.server.requests")
                .tags("uri", "/counted/{id}", "method", method, "status", status)
                .timers();
        return timers.stream().mapToLong(Timer::count).sum();
    }
}
