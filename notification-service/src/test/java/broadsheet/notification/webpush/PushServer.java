package broadsheet.notification.webpush;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/** Stands in for a push service: takes messages that are signed as RFC 8292 says and answers as it is told. */
final class PushServer implements AutoCloseable {

    private static final Pattern VAPID = Pattern.compile("vapid t=([^,]+), k=(\\S+)");

    private final HttpServer server;
    private final List<Pushed> pushed = new CopyOnWriteArrayList<>();
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();

    /** What came: the headers, the body, and the verified signature's claims. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Pushed(Headers headers, byte[] body, SignedJWT signature, String key) {}

    private record Answer(int status, String retryAfter) {}

    PushServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String origin() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The next answer; without one it is 201. */
    void willAnswer(int status, String retryAfter) {
        answers.add(new Answer(status, retryAfter));
    }

    List<Pushed> pushed() {
        return pushed;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            pushed.add(verified(
                    exchange.getRequestHeaders(), exchange.getRequestBody().readAllBytes()));
            Answer answer = answers.isEmpty() ? new Answer(201, "") : answers.remove();
            if (!answer.retryAfter().isEmpty()) {
                exchange.getResponseHeaders().set("Retry-After", answer.retryAfter());
            }
            exchange.sendResponseHeaders(answer.status(), -1);
        }
    }

    private static Pushed verified(Headers headers, byte[] body) {
        try {
            var vapid = VAPID.matcher(headers.getFirst("Authorization"));
            assertThat(vapid.matches()).isTrue();
            var signature = SignedJWT.parse(vapid.group(1));
            var key = Browser.publicKey(new Base64URL(vapid.group(2)).decode());
            assertThat(signature.verify(new ECDSAVerifier(key))).isTrue();
            return new Pushed(headers, body, signature, vapid.group(2));
        } catch (Exception e) {
            throw new AssertionError("Not signed as RFC 8292 says: " + headers, e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
