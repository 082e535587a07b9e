package broadsheet.standalone;

import static broadsheet.testservers.PatientAwait.await;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.notification.event.EventHistory;
import broadsheet.web.access.StaffSessions;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.env.Environment;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import reactor.core.publisher.Mono;

/** Who may call what, for every route that any service has, with the three security chains in one application. */
@StandaloneTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CallsIntegrationTests {

    private static final String PASSWORD = StandaloneTest.PASSWORD;
    private static final Duration TIME_LIMIT = Duration.ofMinutes(1);

    private static final Set<String> EVERYONE = Set.of("ANYONE", "AUTHOR", "EDITOR", "OPERATOR", "ADMIN");
    private static final Set<String> STAFF = Set.of("AUTHOR", "EDITOR", "OPERATOR", "ADMIN");
    private static final Set<String> AUTHORS = Set.of("AUTHOR", "EDITOR", "ADMIN");
    private static final Set<String> EDITORS = Set.of("EDITOR", "ADMIN");
    private static final Set<String> OPERATORS = Set.of("OPERATOR", "ADMIN");
    private static final Set<String> ADMINS = Set.of("ADMIN");

    /** Whoever comes with a token: that of staff is none of a subscription, which is not found then. */
    private static final Set<String> HOLDERS = STAFF;

    /** A route that is not here fails the test: whoever adds one says who may call it. */
    private static final Map<String, Set<String>> WHO = Map.ofEntries(
            Map.entry("GET /", EVERYONE),
            Map.entry("GET /news/{category}", EVERYONE),
            Map.entry("GET /news/{category}/{slug}", EVERYONE),
            Map.entry("GET /feed.xml", EVERYONE),
            Map.entry("GET /news/{category}/feed.xml", EVERYONE),
            Map.entry("GET /tag/{tag}/feed.xml", EVERYONE),
            Map.entry("GET /atom.xml", EVERYONE),
            Map.entry("GET /news/{category}/atom.xml", EVERYONE),
            Map.entry("GET /tag/{tag}/atom.xml", EVERYONE),
            Map.entry("GET /feed.json", EVERYONE),
            Map.entry("GET /news/{category}/feed.json", EVERYONE),
            Map.entry("GET /tag/{tag}/feed.json", EVERYONE),
            Map.entry("GET /sitemap.xml", EVERYONE),
            Map.entry("GET /sitemap-pages.xml", EVERYONE),
            Map.entry("GET /sitemap-{name}.xml", EVERYONE),
            Map.entry("GET /news-sitemap.xml", EVERYONE),
            Map.entry("GET /robots.txt", EVERYONE),
            Map.entry("GET /oembed", EVERYONE),
            Map.entry("GET /api/articles", EVERYONE),
            Map.entry("POST /api/articles", AUTHORS),
            Map.entry("GET /api/articles/{id}", EVERYONE),
            Map.entry("PUT /api/articles/{id}", AUTHORS),
            Map.entry("GET /api/articles/slug/{slug}", EVERYONE),
            Map.entry("GET /api/articles/{id}/related", EVERYONE),
            Map.entry("GET /api/articles/{id}/adjacent", EVERYONE),
            Map.entry("POST /api/articles/{id}/views", EVERYONE),
            Map.entry("GET /api/articles/{id}/transitions", STAFF),
            Map.entry("POST /api/articles/{id}/transitions", AUTHORS),
            Map.entry("GET /api/articles/{id}/revisions", STAFF),
            Map.entry("GET /api/articles/{id}/revisions/{number}", STAFF),
            Map.entry("GET /api/articles/{id}/revisions/{number}/difference", STAFF),
            Map.entry("POST /api/articles/{id}/revisions/{number}/restoration", AUTHORS),
            Map.entry("GET /api/articles/{id}/conflicts", STAFF),
            Map.entry("GET /api/articles/{id}/conflicts/{conflict}", STAFF),
            Map.entry("DELETE /api/articles/{id}/conflicts/{conflict}", AUTHORS),
            Map.entry("GET /api/articles/{id}/lock", STAFF),
            Map.entry("PUT /api/articles/{id}/lock", AUTHORS),
            Map.entry("DELETE /api/articles/{id}/lock", AUTHORS),
            Map.entry("PUT /api/articles/{id}/slug", AUTHORS),
            Map.entry("GET /api/schedule", STAFF),
            Map.entry("GET /api/categories", EVERYONE),
            Map.entry("GET /api/categories/{slug}", EVERYONE),
            Map.entry("POST /api/categories", EDITORS),
            Map.entry("PUT /api/categories/{slug}", EDITORS),
            Map.entry("DELETE /api/categories/{slug}", EDITORS),
            Map.entry("GET /api/media", STAFF),
            Map.entry("GET /api/media/{id}", STAFF),
            Map.entry("POST /api/media", AUTHORS),
            Map.entry("PUT /api/media/{id}", AUTHORS),
            Map.entry("DELETE /api/media/{id}", AUTHORS),
            Map.entry("GET /media/{id}/{file}", EVERYONE),
            Map.entry("POST /api/imports", EDITORS),
            Map.entry("GET /api/imports", EDITORS),
            Map.entry("GET /api/imports/{id}", EDITORS),
            Map.entry("GET /api/imports/{id}/refused", EDITORS),
            Map.entry("GET /api/imports/{id}/notes", EDITORS),
            Map.entry("DELETE /api/imports/{id}", EDITORS),
            Map.entry("GET /api/exports/articles.ndjson", EDITORS),
            Map.entry("POST /api/session", EVERYONE),
            Map.entry("GET /api/session", STAFF),
            Map.entry("DELETE /api/session", STAFF),
            Map.entry("PUT /api/session/password", STAFF),
            Map.entry("DELETE /api/sessions", ADMINS),
            Map.entry("GET /api/tokens", STAFF),
            Map.entry("POST /api/tokens", STAFF),
            Map.entry("DELETE /api/tokens/{id}", STAFF),
            Map.entry("GET /api/session/totp", STAFF),
            Map.entry("POST /api/session/totp", STAFF),
            Map.entry("PUT /api/session/totp", STAFF),
            Map.entry("POST /api/session/totp/removal", STAFF),
            Map.entry("DELETE /api/accounts/{username}/totp", ADMINS),
            Map.entry("DELETE /api/accounts/{username}/identity", ADMINS),
            Map.entry("GET /api/audit", ADMINS),
            Map.entry("GET /api/accounts", ADMINS),
            Map.entry("POST /api/accounts", ADMINS),
            Map.entry("GET /api/accounts/{username}", ADMINS),
            Map.entry("PUT /api/accounts/{username}", ADMINS),
            Map.entry("GET /api/stats/hits", EVERYONE),
            Map.entry("GET /api/stats/top", EVERYONE),
            Map.entry("GET /api/stats/articles/{id}/badge.svg", EVERYONE),
            Map.entry("GET /api/stats/trending", EVERYONE),
            Map.entry("GET /api/stats/articles/{id}", OPERATORS),
            Map.entry("DELETE /api/stats/articles/{id}", OPERATORS),
            Map.entry("GET /api/stats/erasures", OPERATORS),
            Map.entry("GET /api/stats/erasures/{id}", OPERATORS),
            Map.entry("GET /api/stats/articles/{id}/series", OPERATORS),
            Map.entry("GET /api/stats/imports", OPERATORS),
            Map.entry("POST /api/stats/imports", OPERATORS),
            Map.entry("GET /api/stats/imports/{id}", OPERATORS),
            Map.entry("DELETE /api/stats/imports/{id}", OPERATORS),
            Map.entry("GET /api/stats/breakdown", OPERATORS),
            Map.entry("GET /api/stats/overview", OPERATORS),
            Map.entry("GET /api/stats/articles/{id}/curve", OPERATORS),
            Map.entry("GET /api/stats/articles/{id}/revisions", OPERATORS),
            Map.entry("GET /api/stats/export.csv", OPERATORS),
            Map.entry("GET /api/stats/export.ndjson", OPERATORS),
            Map.entry("GET /api/stats/alerts", OPERATORS),
            Map.entry("GET /api/stats/alerts/{id}", OPERATORS),
            Map.entry("GET /api/stats/ledger", OPERATORS),
            Map.entry("GET /api/stats/live", OPERATORS),
            Map.entry("GET /api/stats/reconciliations", OPERATORS),
            Map.entry("GET /api/stats/reconciliations/{id}", OPERATORS),
            Map.entry("POST /api/stats/reconciliations", OPERATORS),
            Map.entry("GET /api/stats/restatements", OPERATORS),
            Map.entry("GET /api/stats/restatements/{id}", OPERATORS),
            Map.entry("GET /api/stats/dead-letters", OPERATORS),
            Map.entry("POST /api/stats/dead-letters/replay", OPERATORS),
            Map.entry("GET /api/stats/restatements/{id}/difference", OPERATORS),
            Map.entry("POST /api/stats/restatements", OPERATORS),
            Map.entry("POST /api/stats/restatements/{id}/approval", OPERATORS),
            Map.entry("POST /api/stats/restatements/{id}/reversal", OPERATORS),
            Map.entry("DELETE /api/stats/restatements/{id}", OPERATORS),
            Map.entry("GET /api/stats/spools", OPERATORS),
            Map.entry("DELETE /api/stats/spools/{spool}", OPERATORS),
            Map.entry("POST /api/subscriptions", EVERYONE),
            Map.entry("GET /api/subscriptions/{id}", HOLDERS),
            Map.entry("PUT /api/subscriptions/{id}", HOLDERS),
            Map.entry("DELETE /api/subscriptions/{id}", HOLDERS),
            Map.entry("GET /api/subscriptions/{id}/deliveries", HOLDERS),
            Map.entry("POST /api/subscriptions/{id}/secret", HOLDERS),
            Map.entry("POST /api/subscriptions/{id}/test", HOLDERS),
            Map.entry("POST /api/subscriptions/{id}/redelivery", HOLDERS),
            Map.entry("GET /api/deliveries", OPERATORS),
            Map.entry("GET /api/deliveries/ledger", OPERATORS),
            Map.entry("GET /api/deliveries/explanations", OPERATORS),
            Map.entry("POST /api/deliveries/bounces", OPERATORS),
            Map.entry("GET /api/subscriptions/webpush-key", EVERYONE),
            Map.entry("GET /subscriptions/confirm/{token}", EVERYONE),
            Map.entry("POST /subscriptions/confirm/{token}", EVERYONE),
            Map.entry("GET /unsubscribe/{token}", EVERYONE),
            Map.entry("POST /unsubscribe/{token}", EVERYONE),
            Map.entry("POST /api/subscriptions/preview", EVERYONE),
            Map.entry("GET /api/asyncapi", EVERYONE),
            Map.entry("GET /api/openapi", EVERYONE),
            Map.entry("GET /api/docs", EVERYONE),
            Map.entry("GET /api/notifications", EVERYONE),
            Map.entry("GET /api/notifications/stream", EVERYONE));

    private final String address;
    private final WebClient http;
    private final RequestMappingHandlerMapping mapping;
    private final Map<String, String> tokens = new ConcurrentHashMap<>();

    CallsIntegrationTests(
            @Autowired @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mapping,
            @Autowired Environment environment) {
        this.mapping = mapping;
        this.address = "http://localhost:" + environment.getRequiredProperty("local.server.port");
        this.http = WebClient.create(address);
    }

    /** A service answers 503 until it has read what is in Kafka. */
    @BeforeAll
    void awaitWhatKafkaHas(@Autowired StaffSessions sessions, @Autowired EventHistory history) {
        await().until(() -> sessions.areKnown() && history.isOpen());
    }

    @Test
    void everyRouteIsForThoseItIsMeantFor() {
        var routes = routes();
        assertThat(WHO.keySet()).as("routes that the test knows").containsExactlyInAnyOrderElementsOf(routes);
        for (String route : routes) {
            HttpMethod method = HttpMethod.valueOf(route.split(" ", 2)[0]);
            String path = route.split(" ", 2)[1].replaceAll("\\{[^}]+}", "unheard-of");
            for (String role : EVERYONE) {
                for (HttpMethod called :
                        method.equals(HttpMethod.GET) ? List.of(HttpMethod.GET, HttpMethod.HEAD) : List.of(method)) {
                    boolean allowed = Objects.requireNonNull(WHO.get(route)).contains(role);
                    if (!allowed || !called.equals(HttpMethod.DELETE) || !path.startsWith("/api/session")) {
                        assertThat(status(role, called, path))
                                .as("%s %s by %s", called, path, role)
                                .matches(status -> allowed
                                        ? status != 401 && status != 403
                                        : status == (role.equals("ANYONE") ? 401 : 403));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nowhere",
                "/api/nowhere",
                "/api/articles/1/2/3",
                "/api/notifications/1",
                "/api/deliveries/1/2",
                "/api/subscriptions/7/8",
                "/api/stats",
                "/api/docs/",
                "/api/docs/index.html",
                "/api/docs/swagger-ui.js",
                "/stats/any",
                "/actuator/env",
                "/site/",
                "/news/"
            })
    void whatNobodyServesIsNotFoundForAnyoneAndIsNothing(String path) {
        for (String role : EVERYONE) {
            for (var method : List.of(HttpMethod.GET, HttpMethod.POST, HttpMethod.OPTIONS)) {
                assertThat(status(role, method, path))
                        .as("%s %s by %s", method, path, role)
                        .isEqualTo(404);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator/health",
                "/actuator/health/liveness",
                "/site/site.css",
                "/",
                "/api/docs/docs.js",
                "/api/docs/docs.css",
                "/api/docs/swagger-ui.css",
                "/api/docs/swagger-ui-bundle.js"
            })
    void healthAndTheSitesFilesAreForAnyone(String path) {
        assertThat(status("ANYONE", HttpMethod.GET, path)).isEqualTo(200);
        assertThat(status("ANYONE", HttpMethod.HEAD, path)).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/articles, GET HEAD OPTIONS POST",
        "/api/notifications, GET HEAD OPTIONS",
        "/api/stats/top, GET HEAD OPTIONS",
        "/api/accounts, GET HEAD OPTIONS POST"
    })
    void whichMethodsThereAreIsForAnyoneToAsk(String path, String methods) {
        for (var method : List.of(HttpMethod.OPTIONS, HttpMethod.PATCH)) {
            var answer = answer("ANYONE", method, path);
            assertThat(answer.getStatusCode().value()).isEqualTo(method.equals(HttpMethod.OPTIONS) ? 204 : 405);
            assertThat(answer.getHeaders().getAllow().stream()
                            .map(HttpMethod::name)
                            .sorted()
                            .collect(joining(" ")))
                    .isEqualTo(methods);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/api/articles",
                "/api/categories",
                "/api/stats/top",
                "/api/notifications",
                "/api/articles/unheard-of",
                "/nowhere"
            })
    void whatStaffSeesIsKeptByNoCache(String path) {
        assertThat(answer("AUTHOR", HttpMethod.GET, path).getHeaders().getCacheControl())
                .isEqualTo("private, no-store");
        var byCookie = http.get()
                .uri(path)
                .cookie("broadsheet_session", token("AUTHOR"))
                .exchangeToMono(ClientResponse::toBodilessEntity)
                .block(TIME_LIMIT);
        assertThat(Objects.requireNonNull(byCookie).getHeaders().getCacheControl())
                .isEqualTo("private, no-store");
        assertThat(String.valueOf(
                        answer("ANYONE", HttpMethod.GET, path).getHeaders().getCacheControl()))
                .doesNotContain("private");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/articles?catgory=x",
                "/api/notifications?catgory=x",
                "/api/stats/top?catgory=x&limit=3",
                "/api/notifications/stream?catgory=x",
                "/api/articles/unheard-of?catgory=x",
                "/api/articles/unheard-of?view=false&catgory"
            })
    void aParameterThatACallDoesNotHaveIsNamed(String call) {
        String body = body(call, MediaType.ALL_VALUE, 400, MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        assertThat(body).contains("\"field\":\"catgory\"", "is not a parameter of this call");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/?fbclid=1",
                "/site/site.css?v=2",
                "/api/notifications?category=a&tag=b&author=c&keyword=d&limit=3"
            })
    void whatACallHasAndWhatASharedLinkBringsIsTaken(String call) {
        assertThat(status("ANYONE", HttpMethod.GET, call)).isEqualTo(200);
    }

    @Test
    void aPathThatCouldMeanTwoThingsIsAProblem() {
        var answer = http.get()
                .uri(URI.create(address + "/api/articles/a%2Fb"))
                .exchangeToMono(response -> response.toEntity(String.class))
                .block(TIME_LIMIT);
        assertThat(Objects.requireNonNull(answer).getStatusCode().value()).isEqualTo(400);
        assertThat(answer.getHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(answer.getBody()).contains("\"status\":400");
    }

    @Test
    void aRefusalThatTheCacheServesIsWhole() {
        String call = "/api/stats/top?category=&limit=21";
        String first = body(call, MediaType.ALL_VALUE, 400, MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        assertThat(body(call, MediaType.ALL_VALUE, 400, MediaType.APPLICATION_PROBLEM_JSON_VALUE))
                .isEqualTo(first);
    }

    @ParameterizedTest
    @CsvSource({"/, 200", "/news/unheard-of, 404", "/nowhere, 404"})
    void pagesSayHowTheirLettersAreEncoded(String path, int status) {
        assertThat(body(path, "text/html", status, "text/html;charset=utf-8")).contains("<html");
    }

    private String body(String call, String accept, int status, String type) {
        var answer = Objects.requireNonNull(http.get()
                .uri(call)
                .header(HttpHeaders.ACCEPT, accept)
                .exchangeToMono(response -> response.toEntity(String.class))
                .block(TIME_LIMIT));
        assertThat(answer.getStatusCode().value()).isEqualTo(status);
        assertThat(answer.getHeaders().getFirst(HttpHeaders.CONTENT_TYPE)).isEqualToIgnoringCase(type);
        return String.valueOf(answer.getBody());
    }

    private int status(String role, HttpMethod method, String path) {
        return answer(role, method, path).getStatusCode().value();
    }

    /** Without its body, of which a stream sends no end. */
    private ResponseEntity<Void> answer(String role, HttpMethod method, String path) {
        return Objects.requireNonNull(http.method(method)
                .uri(path)
                .headers(headers -> {
                    if (!role.equals("ANYONE")) {
                        headers.setBearerAuth(token(role));
                    }
                })
                .exchangeToMono(response -> response.bodyToFlux(DataBuffer.class)
                        .doOnNext(DataBufferUtils::release)
                        .next()
                        .then(Mono.just(ResponseEntity.status(response.statusCode())
                                .headers(response.headers().asHttpHeaders())
                                .<Void>build())))
                .timeout(
                        TIME_LIMIT,
                        Mono.error(() -> new AssertionError(method + " " + path + " by " + role + " is not answered")))
                .block());
    }

    private String token(String role) {
        return tokens.computeIfAbsent(role, missing -> {
            if (role.equals("ADMIN")) {
                return signIn("admin");
            }
            String username = "calls-" + role.toLowerCase(Locale.ROOT);
            post(
                    signIn("admin"),
                    "/api/accounts",
                    Map.of("username", username, "displayName", role, "password", PASSWORD, "roles", List.of(role)));
            return signIn(username);
        });
    }

    private String signIn(String username) {
        return String.valueOf(post(null, "/api/session", Map.of("username", username, "password", PASSWORD))
                .get("token"));
    }

    private Map<String, Object> post(@Nullable String token, String path, Object body) {
        return Objects.requireNonNull(http.post()
                .uri(path)
                .headers(headers -> {
                    if (token != null) {
                        headers.setBearerAuth(token);
                    }
                })
                .bodyValue(body)
                .retrieve()
                .bodyToMono(new ParameterizedTypeReference<Map<String, Object>>() {})
                .block(TIME_LIMIT));
    }

    private Set<String> routes() {
        var routes = new TreeSet<String>();
        mapping.getHandlerMethods().keySet().forEach(route -> {
            for (var path : route.getPatternsCondition().getPatterns()) {
                for (RequestMethod method : route.getMethodsCondition().getMethods()) {
                    routes.add(method + " " + path);
                }
            }
        });
        return routes;
    }
}
