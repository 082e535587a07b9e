package broadsheet.notification.outbound;

import broadsheet.web.outbound.CallableAddresses;
import broadsheet.web.outbound.GuardedHttp;
import io.netty.resolver.AddressResolverGroup;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/**
 * Calls receivers that strangers named: never where {@link CallableAddresses} forbids it, never through a proxy, never
 * where an answer points to. Each host and port has connections of its own, so one that hangs holds up no other.
 */
public final class OutboundClient implements AutoCloseable {

    private static final int READ_OF_BODY = 4096;
    private static final Duration READ_BODY_FOR = Duration.ofSeconds(1);
    private static final Duration KEEP_IDLE_FOR = Duration.ofSeconds(30);

    private final ConnectionProvider connections;
    private final WebClient client;
    private final Duration answerWithin;
    private final InstantSource clock;

    /** @param resolver looks hosts up; none for DNS as the machine is set up */
    OutboundClient(
            OutboundProperties properties,
            CallableAddresses callable,
            InstantSource clock,
            @Nullable AddressResolverGroup<InetSocketAddress> resolver) {
        this.clock = clock;
        this.answerWithin = properties.answerWithin();
        this.connections = ConnectionProvider.builder("notification-outbound")
                .maxConnections(properties.connectionsPerReceiver())
                .pendingAcquireMaxCount(properties.waitingPerReceiver())
                .pendingAcquireTimeout(properties.answerWithin())
                .maxIdleTime(KEEP_IDLE_FOR)
                .evictInBackground(KEEP_IDLE_FOR)
                .build();
        HttpClient http = GuardedHttp.client(connections, callable, properties.connectWithin());
        this.client = WebClient.builder()
                .clientConnector(new ReactorClientHttpConnector(resolver == null ? http : http.resolver(resolver)))
                .defaultHeader(HttpHeaders.USER_AGENT, "Broadsheet")
                .build();
    }

    /**
     * Posts a body and reads at most the first few KiB of the answer's.
     *
     * @return the answer, whatever its status; {@link OutboundCallException} where there is none
     */
    public Mono<OutboundAnswer> post(URI receiver, Consumer<HttpHeaders> headers, byte[] body) {
        return client.post()
                .uri(receiver)
                .headers(headers)
                .bodyValue(body)
                .exchangeToMono(this::answer)
                .timeout(answerWithin)
                .onErrorMap(OutboundCallException::of);
    }

    /** The status is the answer; the body is read for the connection to be of further use, and else the connection ends. */
    private Mono<OutboundAnswer> answer(ClientResponse response) {
        return response.body(BodyExtractors.toDataBuffers())
                .map(OutboundClient::skip)
                .scan(Integer::sum)
                .takeUntil(read -> read > READ_OF_BODY)
                .take(READ_BODY_FOR)
                .onErrorComplete()
                .then(Mono.fromSupplier(
                        () -> new OutboundAnswer(response.statusCode().value(), retryAfter(response))));
    }

    private static int skip(DataBuffer buffer) {
        int size = buffer.readableByteCount();
        DataBufferUtils.release(buffer);
        return size;
    }

    private @Nullable Duration retryAfter(ClientResponse response) {
        return response.headers().header(HttpHeaders.RETRY_AFTER).stream()
                .findFirst()
                .flatMap(value -> RetryAfter.parse(value, clock.instant()))
                .orElse(null);
    }

    @Override
    public void close() {
        connections.dispose();
    }
}
