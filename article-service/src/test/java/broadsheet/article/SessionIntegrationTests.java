package broadsheet.article;

import static broadsheet.article.NewsroomClient.PASSWORD;
import static broadsheet.testservers.PatientAwait.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import broadsheet.events.Envelope;
import broadsheet.events.StaffKeyPublished;
import broadsheet.events.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.env.Environment;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

@ArticleServiceTest
class SessionIntegrationTests {

    private final WebTestClient http;
    private final NewsroomClient newsroom;

    SessionIntegrationTests(@Autowired WebTestClient http) {
        this.http = http;
        this.newsroom = new NewsroomClient(http);
    }

    @Test
    void aSessionIsATokenAndACookieThatScriptsAndOtherSitesDoNotGet() {
        newsroom.newAccount("ann", "AUTHOR");
        signIn("ann", PASSWORD)
                .expectStatus()
                .isOk()
                .expectHeader()
                .value(
                        HttpHeaders.SET_COOKIE,
                        cookie -> assertThat(cookie)
                                .contains(
                                        "broadsheet_session=", "HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=43200")
                                .doesNotContain("Secure"))
                .expectHeader()
                .valueEquals(HttpHeaders.CACHE_CONTROL, "no-store")
                .expectBody()
                .jsonPath("$.roles[0]")
                .isEqualTo("AUTHOR");
    }

    @Test
    void timesAreAnsweredAsTheyAreKept() {
        String admin = newsroom.token("admin");
        var account = Map.of("username", "times", "displayName", "T", "password", PASSWORD, "roles", List.of("AUTHOR"));
        Object createdAt =
                newsroom.json(newsroom.post(admin, "/api/accounts", account)).get("createdAt");
        assertThat(newsroom.json(newsroom.get(admin, "/api/accounts/times"))).containsEntry("createdAt", createdAt);

        var signedIn = newsroom.json(signIn("times", PASSWORD));
        assertThat(newsroom.json(newsroom.get((String) signedIn.get("token"), "/api/session")))
                .containsEntry("expiresAt", signedIn.get("expiresAt"));
    }

    @Test
    void theCookieIsAsGoodAsTheTokenUntilOneSignsOut() {
        String token = newsroom.newAccount("ann", "AUTHOR");
        http.get()
                .uri("/api/session")
                .cookie("broadsheet_session", token)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.username")
                .isEqualTo("ann");
        http.delete()
                .uri("/api/session")
                .cookie("broadsheet_session", token)
                .exchange()
                .expectStatus()
                .isNoContent()
                .expectHeader()
                .value(
                        HttpHeaders.SET_COOKIE,
                        cookie -> assertThat(cookie).contains("broadsheet_session=;", "Max-Age=0"));
    }

    @Test
    void aCookieThatIsNoLongerGoodIsAsNone() {
        http.get()
                .uri("/api/articles")
                .cookie("broadsheet_session", "expired")
                .exchange()
                .expectStatus()
                .isOk();
        newsroom.get(null, "/api/session").expectStatus().isUnauthorized();
    }

    @Test
    void whoeverGuessesIsSlowedDownAndNobodyElseIs() {
        newsroom.newAccount("eve", "AUTHOR");
        for (int n = 0; n < 5; n++) {
            signIn("eve", "wrong-password").expectStatus().isUnauthorized();
        }
        signIn("eve", PASSWORD).expectStatus().isEqualTo(429).expectHeader().exists(HttpHeaders.RETRY_AFTER);
        signIn("admin", PASSWORD).expectStatus().isOk();
    }

    @Test
    void ofManyGuessesAtOnceOnlyTheFreeOnesAreMade() {
        newsroom.newAccount("eva", "AUTHOR");
        List<Integer> statuses = Flux.range(0, 20)
                .flatMap(
                        n -> Mono.fromCallable(() -> status(signIn("eva", "wrong-password")))
                                .subscribeOn(Schedulers.boundedElastic()),
                        20)
                .collectList()
                .block(Duration.ofMinutes(1));
        assertThat(statuses)
                .hasSize(20)
                .containsOnly(401, 429)
                .filteredOn(status -> status == 401)
                .hasSize(5);
    }

    /** The only thread and the whole queue for hashing are taken, as by many who sign in at once. */
    @Test
    void readersAreServedWhileTooManySignIn(@Autowired @Qualifier("passwordHashing") Scheduler hashing) {
        String token = newsroom.newAccount("busy", "AUTHOR");
        var taken = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        try {
            hashing.schedule(() -> {
                taken.countDown();
                waitFor(release);
            });
            waitFor(taken);
            assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> {
                for (int n = 0; n < 10_000; n++) {
                    hashing.schedule(() -> waitFor(release));
                }
            });
            for (int n = 0; n < 10; n++) {
                signIn("busy", PASSWORD)
                        .expectStatus()
                        .isEqualTo(503)
                        .expectHeader()
                        .exists(HttpHeaders.RETRY_AFTER);
            }
            newsroom.get(null, "/api/articles").expectStatus().isOk();
            newsroom.get(token, "/api/session").expectStatus().isOk();
        } finally {
            release.countDown();
        }
        await().untilAsserted(() -> signIn("busy", PASSWORD).expectStatus().isOk());
    }

    @Test
    void onesOwnPasswordIsChangedByWhoKnowsIt() {
        String token = newsroom.newAccount("pat", "AUTHOR");
        assertField(changePassword(token, Map.of("current", "not this one", "new", "quite a new one")), "current");
        assertField(changePassword(token, Map.of("current", PASSWORD, "new", "Password1")), "new");
        assertField(changePassword(token, Map.of("current", PASSWORD, "new", "x".repeat(73))), "new");
        assertField(changePassword(token, Map.of("current", PASSWORD)), "new");
        changePassword(token, Map.of("current", PASSWORD, "new", "quite a new one"))
                .expectStatus()
                .isNoContent();

        signIn("pat", PASSWORD).expectStatus().isUnauthorized();
        signIn("pat", "quite a new one").expectStatus().isOk();
        assertThat(newsroom.json(newsroom.get(newsroom.token("admin"), "/api/accounts/pat")))
                .containsEntry("version", 2)
                .containsEntry("displayName", "The pat");
    }

    @Test
    void guessingThePasswordOfAnOpenSessionIsSlowedDown() {
        String token = newsroom.newAccount("lee", "AUTHOR");
        Map<String, Object> guess = Map.of("current", "not this one", "new", "quite a new one");
        for (int n = 0; n < 5; n++) {
            assertField(changePassword(token, guess), "current");
        }
        changePassword(token, guess)
                .expectStatus()
                .isEqualTo(429)
                .expectHeader()
                .exists(HttpHeaders.RETRY_AFTER);
        signIn("lee", PASSWORD).expectStatus().isEqualTo(429);
    }

    @Test
    void anAccountGetsNoPasswordThatIsGuessedFirst() {
        for (String password : List.of("password", "Sunshine", "Easy.Guess", "x".repeat(73))) {
            assertField(
                    newsroom.post(
                            newsroom.token("admin"),
                            "/api/accounts",
                            Map.of(
                                    "username",
                                    "easy.guess",
                                    "displayName",
                                    "Easy",
                                    "password",
                                    password,
                                    "roles",
                                    List.of("AUTHOR"))),
                    "password");
        }
    }

    @Test
    void anUnknownNameAndAWrongPasswordAreToldApartByNothing() {
        newsroom.newAccount("bob", "AUTHOR");
        String unknown = body(signIn("nobody", "wrong-password")
                .expectStatus()
                .isUnauthorized()
                .expectHeader()
                .valueEquals(HttpHeaders.WWW_AUTHENTICATE, "Bearer"));
        assertThat(body(signIn("bob", "wrong-password"))).isEqualTo(unknown);
    }

    @Test
    void aNewPasswordReplacesTheOld() {
        String admin = newsroom.token("admin");
        newsroom.newAccount("zoe", "AUTHOR");
        Map<String, Object> change =
                Map.of("displayName", "Zoe", "password", "another good one", "roles", List.of("EDITOR"));
        newsroom.put(admin, "/api/accounts/zoe", "*", change).expectStatus().isOk();

        signIn("zoe", PASSWORD).expectStatus().isUnauthorized();
        signIn("zoe", "another good one")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.roles[0]")
                .isEqualTo("EDITOR");
        newsroom.put(
                        admin,
                        "/api/accounts/zoe",
                        "*",
                        Map.of("displayName", "Zoe", "password", "short", "roles", List.of("AUTHOR")))
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("password");
        newsroom.put(admin, "/api/accounts/admin", "*", Map.of("displayName", "A", "roles", List.of("AUTHOR")))
                .expectStatus()
                .isBadRequest();
    }

    @Test
    void aDisabledAccountCannotSignInUntilItIsEnabled() {
        String admin = newsroom.token("admin");
        newsroom.newAccount("dan", "AUTHOR");
        String unknown = body(signIn("nobody", PASSWORD));
        Map<String, Object> disabling = Map.of("displayName", "Dan", "roles", List.of("AUTHOR"), "disabled", true);
        newsroom.put(admin, "/api/accounts/dan", "*", disabling)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.disabled")
                .isEqualTo(true);
        assertThat(body(signIn("dan", PASSWORD))).isEqualTo(unknown);

        Map<String, Object> enabling = Map.of("displayName", "Dan", "roles", List.of("AUTHOR"));
        newsroom.put(admin, "/api/accounts/dan", "*", enabling).expectStatus().isOk();
        signIn("dan", PASSWORD).expectStatus().isOk();
    }

    @Test
    void anAccountOfAnEarlierVersionIsEnabled(@Autowired ReactiveMongoTemplate mongo) {
        newsroom.newAccount("old", "AUTHOR");
        var old = Query.query(Criteria.where("_id").is("old"));
        var updated = mongo.updateFirst(old, new Update().unset("disabled"), "accounts")
                .block();
        assertThat(updated).isNotNull().matches(result -> result.getModifiedCount() == 1);
        signIn("old", PASSWORD).expectStatus().isOk();
    }

    @Test
    void theFirstAdministratorIsNeverDisabled() {
        Map<String, Object> disabling = Map.of("displayName", "A", "roles", List.of("ADMIN"), "disabled", true);
        newsroom.put(newsroom.token("admin"), "/api/accounts/admin", "*", disabling)
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("disabled");
    }

    /** Names of these tests alone: the topic is the same for all contexts. */
    @ParameterizedTest
    @EnumSource
    void aSessionEndsAtOnceAndTheNextOneIsGood(SessionEnd end) {
        String username = "ends-" + end.name().toLowerCase(Locale.ROOT);
        String elsewhere = newsroom.newAccount(username, "EDITOR");
        String here = newsroom.token(username);
        newsroom.get(elsewhere, "/api/session").expectStatus().isOk();
        newsroom.get(here, "/api/session").expectStatus().isOk();

        String password = end(end, username, here);

        newsroom.get(here, "/api/session").expectStatus().isUnauthorized();
        newsroom.get(elsewhere, "/api/session").expectStatus().isUnauthorized();
        http.get()
                .uri("/api/session")
                .cookie("broadsheet_session", elsewhere)
                .exchange()
                .expectStatus()
                .isUnauthorized();
        if (end != SessionEnd.DISABLED) {
            String next = (String) Objects.requireNonNull(
                    newsroom.json(signIn(username, password)).get("token"));
            newsroom.get(next, "/api/session").expectStatus().isOk();
        }
    }

    private enum SessionEnd {
        SIGNED_OUT,
        OWN_PASSWORD_CHANGED,
        PASSWORD_CHANGED,
        DEMOTED,
        DISABLED
    }

    /** The password that is good afterwards. */
    private String end(SessionEnd end, String username, String session) {
        String path = "/api/accounts/" + username;
        String admin = newsroom.token("admin");
        Map<String, Object> same = Map.of("displayName", "Same", "roles", List.of("EDITOR"));
        newsroom.put(admin, path, "*", same).expectStatus().isOk();
        newsroom.get(session, "/api/session").expectStatus().isOk();
        switch (end) {
            case SIGNED_OUT -> newsroom.signOut(session).expectStatus().isNoContent();
            case OWN_PASSWORD_CHANGED ->
                changePassword(session, Map.of("current", PASSWORD, "new", "another good one"))
                        .expectStatus()
                        .isNoContent();
            case PASSWORD_CHANGED -> change(admin, path, same, "password", "another good one");
            case DEMOTED -> change(admin, path, same, "roles", List.of("AUTHOR"));
            case DISABLED -> change(admin, path, same, "disabled", true);
        }
        return end == SessionEnd.OWN_PASSWORD_CHANGED || end == SessionEnd.PASSWORD_CHANGED
                ? "another good one"
                : PASSWORD;
    }

    private void change(String admin, String path, Map<String, Object> account, String field, Object value) {
        var changed = new HashMap<>(account);
        changed.put(field, value);
        newsroom.put(admin, path, "*", changed).expectStatus().isOk();
    }

    @Test
    void whoSignsOutAndInAgainAtOnceIsIn() {
        String before = newsroom.newAccount("in-and-out", "AUTHOR");
        for (int n = 0; n < 5; n++) {
            newsroom.signOut(before).expectStatus().isNoContent();
            String after = newsroom.token("in-and-out");
            newsroom.get(before, "/api/session").expectStatus().isUnauthorized();
            newsroom.get(after, "/api/session").expectStatus().isOk();
            before = after;
        }
    }

    /** Also those that began while it was ahead. */
    @Test
    void aClockThatGoesBackKeepsNoSessionOpen(@Autowired ReactiveMongoTemplate mongo) {
        newsroom.newAccount("ahead", "AUTHOR");
        var ahead = Query.query(Criteria.where("_id").is("ahead"));
        mongo.updateFirst(
                        ahead, new Update().set("sessionsEndedAt", Instant.now().plusSeconds(600)), "accounts")
                .block();
        String before = newsroom.token("ahead");
        newsroom.get(before, "/api/session").expectStatus().isOk();
        newsroom.signOut(before).expectStatus().isNoContent();
        newsroom.get(before, "/api/session").expectStatus().isUnauthorized();
        newsroom.get(newsroom.token("ahead"), "/api/session").expectStatus().isOk();
    }

    /** The key is old when the other instance starts, which then makes a new one. */
    @Test
    void sessionsGoOnAndEndOnEveryInstance(@Autowired Environment environment, @Autowired ReactiveMongoTemplate mongo) {
        var madeLongAgo = new Update().set("createdAt", Instant.now().minus(Duration.ofDays(31)));
        mongo.updateMulti(new Query(), madeLongAgo, "signing_keys").block();
        String kept = newsroom.newAccount("kept", "AUTHOR");
        String ended = newsroom.newAccount("ended-before", "AUTHOR");
        newsroom.signOut(ended).expectStatus().isNoContent();
        try (var other = ServiceInstance.start(
                environment.getRequiredProperty("spring.mongodb.uri"),
                environment.getRequiredProperty("spring.kafka.bootstrap-servers"))) {
            other.newsroom().get(kept, "/api/session").expectStatus().isOk();
            other.newsroom().get(ended, "/api/session").expectStatus().isUnauthorized();

            assertThat(mongo.count(new Query(), "signing_keys").block())
                    .as("this instance may make one too, as it looks once a minute")
                    .isBetween(2L, 3L);

            newsroom.signOut(kept).expectStatus().isNoContent();
            await().untilAsserted(() ->
                    other.newsroom().get(kept, "/api/session").expectStatus().isUnauthorized());
            String next = other.newsroom().token("kept");
            newsroom.get(next, "/api/session").expectStatus().isOk();
        }
    }

    @Test
    void theTopicHasThePublicKeyAndNothingOfThePrivateOne(@Autowired Environment environment) {
        String token = newsroom.newAccount("keyed", "AUTHOR");
        String header = new String(
                Base64.getUrlDecoder().decode(token.substring(0, token.indexOf('.'))), StandardCharsets.UTF_8);
        assertThat(header).contains("\"alg\":\"ES256\"");
        String kafka = environment.getRequiredProperty("spring.kafka.bootstrap-servers");
        try (var topic = new TopicReader(kafka, Topics.STAFF_SESSIONS)) {
            await().untilAsserted(() -> assertThat(topic.events())
                    .extracting(Envelope::event)
                    .filteredOn(StaffKeyPublished.class::isInstance)
                    .anySatisfy(event -> assertThat(header)
                            .contains(((StaffKeyPublished) event).jwk().kid())));
            assertThat(topic.values())
                    .filteredOn(value -> value.contains("jwk"))
                    .isNotEmpty()
                    .noneMatch(value -> value.contains("\"d\""));
        }
    }

    private ResponseSpec changePassword(String token, Map<String, Object> change) {
        return newsroom.put(token, "/api/session/password", null, change);
    }

    private static void assertField(ResponseSpec response, String field) {
        response.expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo(field);
    }

    private static int status(ResponseSpec response) {
        return response.expectBody().returnResult().getStatus().value();
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ResponseSpec signIn(String username, String password) {
        return newsroom.post(null, "/api/session", Map.of("username", username, "password", password));
    }

    private static String body(ResponseSpec response) {
        return String.valueOf(response.expectStatus()
                .isUnauthorized()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody());
    }
}
