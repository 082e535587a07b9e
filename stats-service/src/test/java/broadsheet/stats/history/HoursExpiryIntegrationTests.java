package broadsheet.stats.history;

import static broadsheet.stats.ViewEvents.event;
import static broadsheet.stats.ViewEvents.sent;
import static broadsheet.stats.ViewEvents.view;
import static broadsheet.testservers.PatientAwait.await;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import broadsheet.stats.HitCount;
import broadsheet.stats.IntegrationTest;
import broadsheet.stats.StatsClient;
import broadsheet.web.access.StaffSessions;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.BodyContentSpec;

/** Old hours go; their totals, days and the ledger stay, and count what is still to come. */
@IntegrationTest
@TestPropertySource(
        properties = {
            "broadsheet.stats.views-topic=service.views",
            "broadsheet.stats.articles-topic=service.articles",
            "broadsheet.stats.hits-topic=service.hits"
        })
class HoursExpiryIntegrationTests {

    private static final Duration KEPT = Duration.ofDays(35);

    @Autowired
    KafkaTemplate<String, byte[]> kafka;

    @Autowired
    HoursExpiry expiry;

    @Autowired
    ArticleHours hours;

    @Autowired
    StaffSessions sessions;

    @LocalServerPort
    int port;

    private final String article = "article-" + UUID.randomUUID();
    private final Instant longAgo = Instant.now()
            .minus(Duration.ofDays(40))
            .truncatedTo(ChronoUnit.DAYS)
            .plus(Duration.ofHours(12));

    @SuppressWarnings("NullAway.Init")
    HoursExpiryIntegrationTests() {}

    @Test
    void expiredHoursLiveOnInTheirDaysWhichCountLateViewsToo() {
        await().until(sessions::areKnown);
        open("one", longAgo);
        open("two", longAgo);
        open("one", Instant.now());
        awaitHits(3);

        expiry.expire(KEPT).block();
        assertThat(hoursOfLongAgo()).isEmpty();
        open("late", longAgo);
        awaitHits(4);

        series("day")
                .jsonPath("$.points[0].hits")
                .isEqualTo(3)
                .jsonPath("$.points[0].visitors")
                .isEqualTo(3);
        series("hour")
                .jsonPath("$.points.length()")
                .isEqualTo(24)
                .jsonPath("$.points[12].hits")
                .isEqualTo(null);
        assertThatProjectionsAgree();
        assertThat(hoursOfLongAgo()).as("what the late view has added").hasSize(1);
        expiry.expire(KEPT).block();
        assertThat(hoursOfLongAgo()).isEmpty();
        assertThatProjectionsAgree();
    }

    @Test
    void hoursThatRankingsNeedAreKept() {
        assertThatThrownBy(() -> new HistoryProperties(Duration.ofDays(31)))
                .hasMessageContaining("hours-kept must be 32 days or more");
    }

    private void assertThatProjectionsAgree() {
        URI location = requireNonNull(operator()
                .post()
                .uri("/api/stats/reconciliations")
                .exchange()
                .expectStatus()
                .isAccepted()
                .expectBody()
                .returnResult()
                .getResponseHeaders()
                .getLocation());
        await().untilAsserted(() -> get(location.toString()).jsonPath("$.state").isEqualTo("finished"));
        get(location.toString())
                .jsonPath("$.differing")
                .isEqualTo(0)
                .jsonPath("$.unsettled")
                .isEqualTo(0);
    }

    private List<HitCount> hoursOfLongAgo() {
        Instant hour = longAgo.truncatedTo(ChronoUnit.HOURS);
        return requireNonNull(hours.hits(hour, hour.plus(Duration.ofHours(1)))
                .filter(hits -> hits.articleId().equals(article))
                .collectList()
                .block());
    }

    private void awaitHits(long hits) {
        await().untilAsserted(() -> get("/api/stats/articles/" + article)
                .jsonPath("$.hits")
                .isEqualTo(hits)
                .jsonPath("$.complete")
                .isEqualTo(true));
    }

    private BodyContentSpec series(String interval) {
        Instant day = longAgo.truncatedTo(ChronoUnit.DAYS);
        return get("/api/stats/articles/" + article + "/series?interval=" + interval + "&from=" + day + "&to="
                + day.plus(Duration.ofDays(1)));
    }

    private BodyContentSpec get(String uri) {
        return operator().get().uri(uri).exchange().expectStatus().isOk().expectBody();
    }

    private WebTestClient operator() {
        return StatsClient.ofAnOperator(port);
    }

    private void open(String visitor, Instant at) {
        kafka.send(sent("service.views", event(view(article, visitor, at)))).join();
    }
}
