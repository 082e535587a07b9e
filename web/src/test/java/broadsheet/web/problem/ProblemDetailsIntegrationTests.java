package broadsheet.web.problem;

import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.web.ServiceTest;
import broadsheet.web.SmallService;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;

@ServiceTest
class ProblemDetailsIntegrationTests {

    private static final String GOOD = "{\"name\":\"x\",\"count\":1,\"parts\":[{\"kind\":\"BIG\",\"weight\":1}]}";

    private final WebTestClient http;

    ProblemDetailsIntegrationTests(@Autowired WebTestClient http) {
        this.http = http;
    }

    @Test
    void whatFitsIsTaken() {
        post(GOOD).expectStatus().isOk();
        get("/things?from=1&kind=BIG").expectStatus().isOk();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "name":"x"           | "nam":"x"                 | nam             | is not a field of this call
            "kind":"BIG"         | "kind":"BIG","colour":1   | parts[0].colour | is not a field of this call
            "kind":"BIG"         | "kind":"HUGE"             | parts[0].kind   | must be one of small, BIG
            "kind":"BIG"         | "kind":{}                 | parts[0].kind   | must be one of small, BIG
            "weight":1           | "weight":"heavy"          | parts[0].weight | has the wrong type
            "weight":1           | "weight":-1               | parts[0]        | must not be negative
            "count":1            | "count":null              | count           | has the wrong type
            "count":1            | "count":99999999999       | count           | has the wrong type
            "parts":[            | "parts":7,"p":[           | parts           | has the wrong type
            "count":1            | "count":1,"opens":"25:00" | opens           | is not a time of day, such as 22:30
            "count":1            | "count":1,"since":"noon"  | since           | is not a time, such as 2026-01-31T12:00:00Z
            "name":"x"           | "name":" "                | name            | is missing or blank
            "name":"x"           | "name":"a long name"      | name            | is too long: 8 characters at most
            """)
    void theFieldThatDoesNotFitIsNamed(String part, String wrong, String field, String message) {
        badField(post(GOOD.replace(part, wrong)), field, message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0000', textBlock = """
            {"name": "x",\\n "count" 1} | (line 2, column 10)
            {"name": "x"                | (line 1, column
            x                           | (line 1, column
            """)
    void malformedJsonIsLocated(String body, String where) {
        badField(post(body.replace("\\n", "\n")), "body", "is not well-formed JSON " + where);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "null", "7", "[]", "\"text\""})
    void whatIsNoObjectIsNoBody(String body) {
        badField(post(body), "body", "");
    }

    @Test
    void errorsComeInTheSameOrderEachTime() {
        String blankAndTooLong = GOOD.replace("\"x\"", "\"" + " ".repeat(9) + "\"");
        for (int time = 0; time < 20; time++) {
            JsonNode errors = problem(post(blankAndTooLong), 400, "name").path("errors");
            assertThat(errors.valueStream().map(error -> error.path("message").asString()))
                    .hasSize(2)
                    .isSorted();
        }
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() {
        problem(post(GOOD.replace("\"x\"", "\"" + "x".repeat(3 << 20) + "\"")), 413, "at most 16384 bytes");
    }

    @Test
    void aParameterThatIsMissingOrOfTheWrongTypeIsNamed() {
        badField(get("/things"), "from", "is missing");
        badField(get("/things?from="), "from", "has the wrong type");
        badField(get("/things?from=many"), "from", "has the wrong type");
        badField(get("/things?from=1&kind=HUGE"), "kind", "has the wrong type");
        badField(get("/things/seven"), "id", "has the wrong type");
        badField(get("/things/7"), "X-Needed", "is missing");
    }

    @Test
    void aParameterWhoseNameHasControlCharactersIsRefused() {
        var response = http.get().uri("/things?from=1&{name}=x", "\u009b").exchange();
        problem(response, 400, "the path, a parameter or a header has characters that are not");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nowhere", "/things/7/parts", "/x.png"})
    void whatIsNowhereIsNotFound(String path) {
        problem(get(path), 404, "There is nothing at " + path);
    }

    @Test
    void aMethodThatIsNotAllowedIsToldWhichAre() {
        var response = http.method(HttpMethod.PATCH).uri("/things").exchange();
        assertThat(response.returnResult().getResponseHeaders().getAllow())
                .containsExactlyInAnyOrder(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST, HttpMethod.OPTIONS);
        problem(http.method(HttpMethod.PATCH).uri("/things").exchange(), 405, "POST");
    }

    @Test
    void anUnsupportedMediaTypeIsToldWhichIsTaken() {
        var response = http.post()
                .uri("/things")
                .contentType(MediaType.TEXT_PLAIN)
                .bodyValue(GOOD)
                .exchange()
                .expectHeader()
                .valueEquals("Accept", MediaType.APPLICATION_JSON_VALUE);
        problem(response, 415, "text/plain");
    }

    @Test
    void whatCannotBeAnsweredAsWishedSaysWhatCan() {
        problem(http.get().uri("/things?from=1").accept(MediaType.IMAGE_PNG).exchange(), 406, "application/json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "text/event-stream", "application/json", "image/png"})
    void aRefusalIsAProblemWhateverIsAccepted(String accept) {
        problem(get("/refused", accept), 409, "Thing 7 is already there");
        problem(get("/broken", accept), 500, "Something went wrong on our side");
        problem(get("/nowhere", accept), 404, "There is nothing at /nowhere");
        problem(get("/staff/any", accept), 401, "Sign in first");
    }

    @Test
    void aBrowserThatOpensAPageGetsAPageAndOneThatCallsTheApiAProblem() {
        get("/refused", "text/html,*/*;q=0.8")
                .expectStatus()
                .isEqualTo(409)
                .expectHeader()
                .contentTypeCompatibleWith(MediaType.TEXT_HTML);
        problem(get("/api/refused", "text/html,*/*;q=0.8"), 409, "Thing 7 is already there");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "text/event-stream"})
    void aStreamThatCannotBeginIsAProblem(String accept) {
        badField(get("/stream", accept), "lastEventId", "is not an id of this stream");
    }

    @Test
    void aStoreThatIsAwayIsServiceUnavailable() {
        for (String path : List.of("/away", "/slow")) {
            var response = get(path).expectHeader().valueEquals(HttpHeaders.RETRY_AFTER, "5");
            problem(response, 503, "The store does not answer; try again shortly");
        }
        get("/away", "text/html")
                .expectStatus()
                .isEqualTo(503)
                .expectHeader()
                .valueEquals(HttpHeaders.RETRY_AFTER, "5");
    }

    @Test
    void whatNobodyExpectedShowsNothingOfOurInsides() {
        problem(get("/broken"), 500, "Something went wrong on our side");
    }

    private ResponseSpec post(String json) {
        return http.post()
                .uri("/things")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(json)
                .exchange();
    }

    private ResponseSpec get(String path) {
        return get(path, MediaType.ALL_VALUE);
    }

    private ResponseSpec get(String path, String accept) {
        return http.get().uri(path).header("Accept", accept).exchange();
    }

    private static JsonNode problem(ResponseSpec response, int status, String... parts) {
        var result = response.expectStatus()
                .isEqualTo(status)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody(JsonNode.class)
                .returnResult();
        JsonNode problem = Objects.requireNonNull(result.getResponseBody());
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("title").asString()).isNotBlank();
        assertThat(problem.path("instance").asString())
                .isEqualTo(result.getUrl().getRawPath());
        assertThat(problem.toString()).doesNotContain(SmallService.INSIDES, "Exception", "broadsheet.", "java.");
        assertThat(problem.path("detail").asString()).contains(parts);
        return problem;
    }

    private static void badField(ResponseSpec response, String field, String message) {
        JsonNode errors = problem(response, 400, field, message).path("errors");
        assertThat(errors.size()).isOne();
        assertThat(errors.path(0).path("field").asString()).isEqualTo(field);
        assertThat(errors.path(0).path("message").asString()).contains(message);
    }
}
