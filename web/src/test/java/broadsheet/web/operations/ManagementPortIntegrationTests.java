package broadsheet.web.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import broadsheet.web.SmallService;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** A service as it is in its container: with a management port of its own, behind a proxy that it believes. */
@SpringBootTest(
        classes = SmallService.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.name=broadsheet",
            "BROADSHEET_MANAGEMENT_PORT=0",
            "BROADSHEET_BEHIND_PROXY=true",
            "management.defaults.metrics.export.enabled=true",
        })
@AutoConfigureWebTestClient(timeout = "30s")
@Import(ManagementPortIntegrationTests.Traced.class)
class ManagementPortIntegrationTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    private final WebTestClient http;
    private final WebTestClient management;
    private final int managementPort;

    ManagementPortIntegrationTests(@Autowired WebTestClient http, @LocalManagementPort int managementPort) {
        this.http = http;
        this.managementPort = managementPort;
        this.management = WebTestClient.bindToServer()
                .baseUrl("http://localhost:" + managementPort)
                .responseTimeout(PATIENCE)
                .build();
    }

    @Test
    void whoReachesTheManagementPortReadsHealthAndMetrics() {
        http.get().uri("/traceparent").exchange().expectStatus().isOk();
        for (String health : List.of("liveness", "readiness")) {
            management
                    .get()
                    .uri("/actuator/health/" + health)
                    .exchange()
                    .expectStatus()
                    .isOk();
        }
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(metrics()) // a request is counted after its answer
                        .contains("jvm_memory_used_bytes", "http_server_requests_seconds_count"));
    }

    private String metrics() {
        return String.valueOf(management
                .get()
                .uri("/actuator/prometheus")
                .accept(MediaType.TEXT_PLAIN)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody());
    }

    @Test
    void thePortOfTheSiteHasNoneOfIt() {
        for (String path : List.of("/actuator/prometheus", "/actuator/sbom", "/actuator")) {
            http.get().uri(path).exchange().expectStatus().isNotFound();
        }
    }

    @Test
    void aCallerWhoNamesTheManagementPortIsNotBelieved() {
        Stream.of(
                        http.get()
                                .uri("/actuator/prometheus")
                                .header("X-Forwarded-Port", String.valueOf(managementPort))
                                .header("X-Forwarded-Host", "localhost:" + managementPort),
                        http.get()
                                .uri("/actuator/prometheus")
                                .header("Forwarded", "host=localhost:" + managementPort + ";for=127.0.0.1"),
                        http.get()
                                .uri("/actuator/prometheus")
                                .header(
                                        "Host",
                                        URI.create("http://localhost:" + managementPort)
                                                .getAuthority()))
                .forEach(request -> request.exchange().expectStatus().isNotFound());
    }

    @Test
    void whatARequestCausesBelongsToTheTraceOfTheRequest() {
        String told = http.get()
                .uri("/traceparent")
                .header("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01")
                .exchange()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
        assertThat(told).matches("00-" + TRACE + "-[0-9a-f]{16}-01").doesNotContain("00f067aa0ba902b7");
    }

    @Configuration(proxyBeanMethods = false)
    static class Traced {

        @Bean
        TracedController tracedController() {
            return new TracedController();
        }
    }

    @RestController
    static class TracedController {

        @GetMapping("/traceparent")
        Mono<String> traceparent() {
            return Mono.deferContextual(context -> Mono.justOrEmpty(TraceParent.of(context)));
        }
    }
}
