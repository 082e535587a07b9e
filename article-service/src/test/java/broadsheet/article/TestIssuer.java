package broadsheet.article;

import static broadsheet.testservers.PatientAwait.await;

import broadsheet.testservers.TcpProxy;
import broadsheet.testservers.process.JavaProcess;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** Spring Authorization Server in a process of its own, through a proxy, and the browsers of people who sign in there. */
final class TestIssuer implements AutoCloseable {

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final int OK = 200;
    private static final int FOUND = 302;

    private final JavaProcess process;
    private final TcpProxy proxy;

    private TestIssuer(JavaProcess process, TcpProxy proxy) {
        this.process = process;
        this.proxy = proxy;
    }

    /** Without waiting until it answers. */
    static TestIssuer start(String redirectUri) {
        int port = freePort();
        var process = JavaProcess.ofJar(
                "issuer",
                folder(),
                List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m"),
                jar(),
                List.of("--server.port=" + port, "--redirect-uri=" + redirectUri));
        process.start();
        return new TestIssuer(process, TcpProxy.to("http://127.0.0.1:" + port));
    }

    void awaitStart() {
        await().ignoreExceptions().until(() -> {
            if (!process.isRunning()) {
                throw new IllegalStateException("The issuer ended, see " + process.log());
            }
            return send(HttpClient.newHttpClient(), get(issuer() + "/oauth2/jwks"))
                            .statusCode()
                    == OK;
        });
    }

    String issuer() {
        return proxy.uri();
    }

    /** Says so of whoever signs in with this name there. */
    void describe(String person, Map<String, Object> claims) {
        tell("/people/" + person, JsonMapper.shared().writeValueAsString(claims));
    }

    void changeClientSecret(String secret) {
        tell("/client-secret/" + secret, "");
    }

    void rotateKeys() {
        tell("/keys/rotation", "");
    }

    /** Signs with a key that it does not publish, until keys are rotated. */
    void forgeTokens() {
        tell("/keys/forgery", "");
    }

    void cut() {
        proxy.cut();
    }

    void mend() {
        proxy.mend();
    }

    /** Where the browser of someone who signs in is sent back to. */
    URI sentBack(String person, URI authorization) {
        HttpClient browser =
                HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
        var signedIn = send(
                browser,
                HttpRequest.newBuilder(URI.create(issuer() + "/login"))
                        .header("Content-Type", FORM)
                        .POST(BodyPublishers.ofString("username=" + person + "&password=any"))
                        .build());
        var back = send(browser, get(authorization.toString()));
        if (signedIn.statusCode() != FOUND || back.statusCode() != FOUND) {
            throw new IllegalStateException(signedIn + ", " + back + ": " + back.body());
        }
        return URI.create(back.headers().firstValue("Location").orElseThrow());
    }

    private void tell(String path, String json) {
        var answer = send(
                HttpClient.newHttpClient(),
                HttpRequest.newBuilder(URI.create(issuer() + "/test" + path))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json))
                        .build());
        if (answer.statusCode() != OK) {
            throw new IllegalStateException(answer + ": " + answer.body());
        }
    }

    private static HttpRequest get(String uri) {
        return HttpRequest.newBuilder(URI.create(uri)).build();
    }

    private static HttpResponse<String> send(HttpClient client, HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Path jar() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> entry.contains("test-issuer") && entry.endsWith(".jar"))
                .findFirst()
                .map(Path::of)
                .orElseThrow(() -> new IllegalStateException("No jar of test-issuer: ./mvnw package -pl test-issuer"));
    }

    private static Path folder() {
        try {
            return Files.createDirectories(Path.of("target", "issuer")).toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        proxy.close();
        process.close();
    }
}
