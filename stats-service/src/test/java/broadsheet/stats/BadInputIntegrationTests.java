package broadsheet.stats;

import static broadsheet.testservers.PatientAwait.await;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.testservers.StaffTokens;
import broadsheet.web.access.StaffSessions;
import java.net.URI;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.BodyContentSpec;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** Whatever is asked, the answer says what is wrong with it. */
@IntegrationTest
@TestPropertySource(
        properties = {
            "broadsheet.stats.views-topic=service.views",
            "broadsheet.stats.articles-topic=service.articles",
            "broadsheet.stats.hits-topic=service.hits"
        })
class BadInputIntegrationTests {

    @Autowired
    StaffSessions sessions;

    @LocalServerPort
    int port;

    private WebTestClient anyone;

    @SuppressWarnings("NullAway.Init")
    BadInputIntegrationTests() {}

    @BeforeEach
    void connect() {
        await().until(sessions::areKnown);
        anyone = StatsClient.ofAnyone(port);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/stats/hits, ids",
        "/api/stats/hits?ids=, ids",
        "'/api/stats/hits?ids=a,%20', ids",
        "/api/stats/articles/a/series?from=yesterday, from",
        "/api/stats/articles/a/series?to=2026-02-30T00:00:00Z, to",
        "/api/stats/articles/a/series?interval=week, interval",
        "/api/stats/articles/a/series?zone=Nowhere/Land, zone",
        "/api/stats/articles/a/series?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z, from",
        "/api/stats/articles/a/series?from=2025-01-01T00:00:00Z&to=2026-01-01T00:00:00Z&interval=minute, interval",
        "/api/stats/articles/a/series?from=-1000000000-01-01T00:00:00Z, from",
        "/api/stats/articles/a/series?from=-1000000000-01-01T00:00:00Z&to=-1000000000-01-01T01:00:00Z, to",
        "/api/stats/articles/a/series?to=-1000000000-01-01T00:00:00Z, to",
        "/api/stats/articles/a/series?to=%2B1000000000-12-31T23:59:59Z, to",
        "/api/stats/articles/a/badge.svg?label=%20, label",
        "/api/stats/articles/a/badge.svg?label=%E2%80%AE, label",
        "/api/stats/articles/a/badge.svg?label=12345678901234567890123456789012345678901, label",
        "/api/stats/export.csv?interval=minute, interval",
        "/api/stats/export.ndjson?from=yesterday, from",
        "/api/stats/export.csv?from=2020-01-01T00:00:00Z&to=2026-01-01T00:00:00Z, from",
        "/api/stats/export.csv?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z, from",
        "/api/stats/alerts?limit=0, limit",
        "/api/stats/imports?limit=many, limit",
        "/api/stats/top?period=2h, period",
        "/api/stats/top?limit=0, limit",
        "/api/stats/top?limit=101, limit",
        "/api/stats/top?limit=many, limit",
        "/api/stats/top?limit=99999999999, limit",
        "/api/stats/top?category=, category",
        "/api/stats/trending?category=%20, category",
        "/api/stats/trending?limit=101, limit",
        "/api/stats/articles/a/series?interval=minute&from=2026-01-01T00:00:00Z&to=2026-01-01T01:00:00Z, from",
        "/api/stats/breakdown, by",
        "/api/stats/breakdown?by=colour, by",
        "/api/stats/breakdown?by=channel&limit=101, limit",
        "/api/stats/breakdown?by=channel&from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z, from",
        "/api/stats/breakdown?by=channel&from=2000-01-01T00:00:00Z, from",
        "/api/stats/overview?interval=minute, interval",
        "/api/stats/overview?zone=Nowhere/Land, zone",
        "/api/stats/overview?from=2000-01-01T00:00:00Z, from",
        "/api/stats/ledger?to=soon, to",
        "/api/stats/ledger?to=-1000000000-01-01T00:00:00Z, to",
        "/api/stats/ledger?from=%2B1000000000-12-31T23:59:59Z, from",
        "/api/stats/ledger?from=2020-01-01T00:00:00Z, from"
    })
    void itsFieldIsNamed(String uri, String field) {
        problem(get(uri, "OPERATOR"), HttpStatus.BAD_REQUEST)
                .jsonPath("$.errors[0].field")
                .isEqualTo(field)
                .jsonPath("$.errors[0].message")
                .isNotEmpty();
    }

    @Test
    void anyoneMayAskForAHundredArticlesAtOnceButNotMore() {
        String most = IntStream.range(0, 100).mapToObj(i -> "id-" + i).collect(Collectors.joining(","));

        get("/api/stats/hits?ids=" + most, "AUTHOR").expectStatus().isOk().expectBody();
        problem(get("/api/stats/hits?ids=" + most + ",more", "AUTHOR"), HttpStatus.BAD_REQUEST)
                .jsonPath("$.errors[0].field")
                .isEqualTo("ids");
    }

    @Test
    void anIdThatIsTooLongIsRefusedOrUnknown() {
        String longest = "i".repeat(100);

        get("/api/stats/hits?ids=" + longest, "AUTHOR").expectStatus().isOk().expectBody();
        problem(get("/api/stats/hits?ids=" + longest + "i", "AUTHOR"), HttpStatus.BAD_REQUEST)
                .jsonPath("$.errors[0].field")
                .isEqualTo("ids");
        problem(get("/api/stats/articles/" + "i".repeat(2_000), "OPERATOR"), HttpStatus.NOT_FOUND);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "%F0%9F%99%82", "$where", "a.b"})
    void anUnknownArticleIsNotFound(String id) {
        problem(get("/api/stats/articles/" + id, "OPERATOR"), HttpStatus.NOT_FOUND);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/stats/articles/a",
                "/api/stats/articles/a/series",
                "/api/stats/articles/a/curve",
                "/api/stats/articles/a/revisions",
                "/api/stats/ledger"
            })
    void numbersAreForOperators(String uri) {
        problem(anyone.get().uri(uri).exchange(), HttpStatus.UNAUTHORIZED);
        problem(anyone.get().uri(uri).header("Authorization", "Bearer nonsense").exchange(), HttpStatus.UNAUTHORIZED);
        problem(get(uri, "AUTHOR"), HttpStatus.FORBIDDEN);
        problem(get(uri, "EDITOR"), HttpStatus.FORBIDDEN);
        assertThat(get(uri, "ADMIN").returnResult(String.class).getStatus().is5xxServerError())
                .isFalse();
    }

    @Test
    void whatIsNoCallIsNotFoundOrNotAllowed() {
        problem(get("/api/stats/nothing", "OPERATOR"), HttpStatus.NOT_FOUND);
        problem(
                anyone.post()
                        .uri("/api/stats/top")
                        .header("Authorization", bearer("OPERATOR"))
                        .exchange(),
                HttpStatus.METHOD_NOT_ALLOWED);
    }

    private ResponseSpec get(String uri, String role) {
        return anyone.get()
                .uri(URI.create("http://localhost:" + port + uri))
                .header("Authorization", bearer(role))
                .exchange();
    }

    private String bearer(String role) {
        return "Bearer " + StaffTokens.of("someone", role);
    }

    private static BodyContentSpec problem(ResponseSpec answer, HttpStatus status) {
        return answer.expectStatus()
                .isEqualTo(status)
                .expectHeader()
                .contentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.status")
                .isEqualTo(status.value());
    }
}
