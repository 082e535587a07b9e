package broadsheet.story;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One site, called over HTTP with certain headers; the caller is whoever they say. Immutable, keeps no cookies. */
public final class SiteClient {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient client;
    private final String origin;
    private final Map<String, String> headers;

    private SiteClient(HttpClient client, String origin, Map<String, String> headers) {
        this.client = client;
        this.origin = origin;
        this.headers = headers;
    }

    /** A site below this address, read with a person's browser. */
    public static SiteClient at(URI base) {
        // not an upgrade to HTTP/2 on every connection
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
        return new SiteClient(
                client,
                base.toString().replaceAll("/+$", ""),
                Map.of("User-Agent", UserAgents.READER, "Accept", "*/*"));
    }

    public SiteClient as(String token) {
        return with("Authorization", "Bearer " + token);
    }

    public SiteClient with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new SiteClient(client, origin, more);
    }

    public HttpAnswer get(String path) throws IOException, InterruptedException {
        return send("GET", path, null);
    }

    /** The page at an address that the site gave, whatever origin it believes to have. */
    HttpAnswer page(String url) throws IOException, InterruptedException {
        return with("Accept", "text/html").get(URI.create(url).getRawPath());
    }

    HttpAnswer head(String path) throws IOException, InterruptedException {
        return send("HEAD", path, null);
    }

    public HttpAnswer post(String path) throws IOException, InterruptedException {
        return send("POST", path, null);
    }

    public HttpAnswer post(String path, Object json) throws IOException, InterruptedException {
        return sendJson("POST", path, HttpAnswer.JSON.writeValueAsString(json));
    }

    HttpAnswer put(String path, Object json) throws IOException, InterruptedException {
        return sendJson("PUT", path, HttpAnswer.JSON.writeValueAsString(json));
    }

    HttpAnswer sendJson(String method, String path, String json) throws IOException, InterruptedException {
        return with("Content-Type", "application/json").send(method, path, json);
    }

    HttpAnswer send(String method, String path, @Nullable String body) throws IOException, InterruptedException {
        HttpRequest request = request(path)
                .timeout(PATIENCE)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> response;
        try {
            response = client.send(request, BodyHandlers.ofString());
        } catch (HttpTimeoutException e) {
            throw new IOException("no answer to " + method + " " + path + " within " + PATIENCE.toSeconds() + " s", e);
        }
        return new HttpAnswer(method + " " + path, response.statusCode(), response.headers(), response.body());
    }

    /** Opens a stream of server-sent events, from after an event where its id is given. */
    EventStream events(String path, @Nullable String lastEventId) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path).setHeader("Accept", "text/event-stream");
        if (lastEventId != null) {
            request.setHeader("Last-Event-ID", lastEventId);
        }
        return EventStream.open(client, request.build());
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(origin + path));
        headers.forEach(request::setHeader);
        return request;
    }
}
