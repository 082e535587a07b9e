package broadsheet.article;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** What a client sees of the answer to a report, apart from the event's id. */
record ReportedViewAnswer(int status, Map<String, List<String>> headers, String body) {

    static ReportedViewAnswer of(ResponseSpec response) {
        var answer = response.expectBody(String.class).returnResult();
        return new ReportedViewAnswer(
                answer.getStatus().value(),
                answer.getResponseHeaders().headerSet().stream()
                        .collect(Collectors.toMap(
                                header -> header.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue)),
                Objects.requireNonNull(answer.getResponseBody())
                        .replaceAll("\"eventId\":\"[0-9a-f-]{36}\"", "\"eventId\":\"…\""));
    }
}
