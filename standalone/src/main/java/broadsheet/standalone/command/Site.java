package broadsheet.standalone.command;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Which site a command is for, and who calls: by an API token, or by signing in. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class Site {

    private static final Duration TIME_LIMIT = Duration.ofMinutes(10);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    @Option(names = "--url", defaultValue = "http://localhost:8080", description = "default: ${DEFAULT-VALUE}")
    private String url;

    @Option(
            names = "--token",
            defaultValue = "${env:BROADSHEET_TOKEN}",
            description = "an API token with the scope articles:publish; default: the environment's BROADSHEET_TOKEN")
    private @Nullable String token;

    @Option(names = "--username", defaultValue = "admin", description = "where there is no token; default: admin")
    private String username;

    @Option(
            names = "--password",
            defaultValue = "${env:BROADSHEET_ADMIN_PASSWORD}",
            description = "default: the environment's BROADSHEET_ADMIN_PASSWORD")
    private @Nullable String password;

    JsonNode json(HttpRequest.Builder request) throws IOException, InterruptedException {
        var answer = http.send(authorized(request), BodyHandlers.ofString());
        check(answer, answer.body());
        return JSON.readTree(answer.body());
    }

    <T> T file(HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler)
            throws IOException, InterruptedException {
        var answer = http.send(authorized(request), handler);
        check(answer, "");
        return answer.body();
    }

    HttpRequest.Builder to(String path) {
        String base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        return HttpRequest.newBuilder(URI.create(base + path)).timeout(TIME_LIMIT);
    }

    private HttpRequest authorized(HttpRequest.Builder request) throws IOException, InterruptedException {
        if (token == null) {
            token = signedIn();
        }
        return request.header("Authorization", "Bearer " + token).build();
    }

    private String signedIn() throws IOException, InterruptedException {
        if (password == null) {
            throw new IOException("Say who you are: --token, or --username and --password");
        }
        String body = JSON.writeValueAsString(Map.of("username", username, "password", password));
        var answer = http.send(
                to("/api/session")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
        check(answer, answer.body());
        return JSON.readTree(answer.body()).path("token").asString();
    }

    /** What a problem says, where the answer is one. */
    private static void check(HttpResponse<?> answer, String body) throws IOException {
        if (answer.statusCode() >= 300) {
            String detail =
                    body.startsWith("{") ? JSON.readTree(body).path("detail").asString("") : "";
            throw new IOException(answer.uri() + " answers " + answer.statusCode() + " " + detail);
        }
    }
}
