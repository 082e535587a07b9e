package broadsheet.notification.outbound;

import static broadsheet.testservers.PatientAwait.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import broadsheet.web.outbound.CallableAddresses;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class OutboundClientTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.0.0.2",
                "0.0.0.0",
                "localhost",
                "[::1]",
                "[::]",
                "[::ffff:127.0.0.1]",
                "[::127.0.0.1]",
                "[64:ff9b::7f00:1]",
                "2130706433",
                "0x7f000001",
                "0177.0.0.1",
                "127.1"
            })
    void nothingConnectsToThisMachine(String host) throws Exception {
        Receiver receiver = open(Receiver.answering("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n"));
        OutboundClient client = client(Set.of(receiver.port()), List.of());
        assertThatThrownBy(() -> post(client, "http://" + host + ":" + receiver.port() + "/")
                        .block(PATIENCE))
                .isInstanceOf(OutboundCallException.class);
        assertThat(receiver.connections()).isZero();
    }

    @Test
    void aHostIsRefusedForTheAddressThatDnsGives() throws Exception {
        Receiver receiver = open(Receiver.answering("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n"));
        OutboundClient client = client(Set.of(receiver.port()), List.of(), resolving("127.0.0.1"));
        assertThatThrownBy(() -> post(client, "http://rebound.example:" + receiver.port() + "/")
                        .block(PATIENCE))
                .hasMessage("its address may not be called");
        assertThat(receiver.connections()).isZero();
    }

    @Test
    void eachConnectionIsJudgedByTheAddressItConnectsTo() throws Exception {
        Receiver receiver =
                open(Receiver.answering("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"));
        OutboundClient client = client(Set.of(), List.of("127.0.0.1/32"), resolving("127.0.0.1", "127.0.0.2"));
        String url = "http://rebinding.example:" + receiver.port() + "/";
        assertThat(post(client, url).block(PATIENCE)).isEqualTo(new OutboundAnswer(200, null));
        assertThatThrownBy(() -> post(client, url).block(PATIENCE)).hasMessage("its address may not be called");
        assertThat(receiver.connections()).isEqualTo(1);
    }

    @Test
    void redirectsAreAnswersAndNotFollowed() throws Exception {
        Receiver other = open(Receiver.answering("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n"));
        Receiver receiver = open(Receiver.answering(
                "HTTP/1.1 307 Temporary Redirect\r\nlocation: " + other.url() + "\r\ncontent-length: 0\r\n\r\n"));
        assertThat(post(allowingThisMachine(), receiver.url()).block(PATIENCE))
                .isEqualTo(new OutboundAnswer(307, null));
        assertThat(other.connections()).isZero();
    }

    @Test
    void theBodyAndTheHeadersArriveAndTheConnectionIsUsedAgain() throws Exception {
        Receiver receiver =
                open(Receiver.answering("HTTP/1.1 503 Busy\r\nretry-after: 7\r\ncontent-length: 4\r\n\r\nbusy"));
        OutboundClient client = allowingThisMachine();
        assertThat(post(client, receiver.url()).block(PATIENCE))
                .isEqualTo(new OutboundAnswer(503, Duration.ofSeconds(7)));
        await().until(
                        () -> { // an answer may come before its connection is free again
                            int before = receiver.connections();
                            post(client, receiver.url()).block(PATIENCE);
                            return receiver.connections() == before;
                        });
        assertThat(receiver.received()).contains("x-test: 1\r\n").contains("{\"a\":1}");
    }

    @Test
    void aReceiverThatNeverAnswersIsGivenUp() throws Exception {
        Receiver receiver = open(Receiver.answering(""));
        assertThatThrownBy(() -> post(allowingThisMachine(), receiver.url()).block(PATIENCE))
                .hasMessage("no answer in time");
    }

    @Test
    void anEndlessBodyIsNotReadToItsEnd() throws Exception {
        Receiver receiver = open(Receiver.endless("HTTP/1.1 200 OK\r\n\r\n"));
        assertThat(post(allowingThisMachine(), receiver.url()).block(PATIENCE))
                .isEqualTo(new OutboundAnswer(200, null));
        receiver.awaitDisconnected();
    }

    @Test
    void theStatusCountsWhereTheBodyNeverCame() throws Exception {
        Receiver receiver = open(Receiver.answering("HTTP/1.1 202 Accepted\r\ncontent-length: 5\r\n\r\n"));
        OutboundClient client = client(Set.of(), List.of("127.0.0.1/32"), null, Duration.ofSeconds(20));
        assertThat(post(client, receiver.url()).block(PATIENCE)).isEqualTo(new OutboundAnswer(202, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"not HTTP at all\r\n\r\n", "HTTP/1.1 200 OK\r\nx: "})
    void anAnswerThatIsNotHttpIsAFailure(String answer) throws Exception {
        String tooLong = answer.endsWith("x: ") ? answer + "a".repeat(100_000) + "\r\n\r\n" : answer;
        Receiver receiver = open(Receiver.answering(tooLong));
        assertThatThrownBy(() -> post(allowingThisMachine(), receiver.url()).block(PATIENCE))
                .hasMessage("the connection broke");
    }

    @Test
    void whereNobodyListensThereIsNoConnection() throws Exception {
        Receiver receiver = Receiver.answering("");
        receiver.close();
        assertThatThrownBy(() -> post(allowingThisMachine(), receiver.url()).block(PATIENCE))
                .hasMessage("no connection");
    }

    @Test
    void aReceiverThatHangsHoldsUpNoOther() throws Exception {
        Receiver hanging = open(Receiver.answering(""));
        Receiver healthy = open(Receiver.answering("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n"));
        OutboundClient client = client(Set.of(), List.of("127.0.0.1/32"), null, PATIENCE);
        var stuck = Flux.range(0, 200)
                .flatMap(i -> post(client, hanging.url()).onErrorComplete(), 200)
                .subscribe();
        try {
            assertThat(Flux.range(0, 20)
                            .flatMap(i -> post(client, healthy.url()))
                            .count()
                            .block(PATIENCE.dividedBy(2)))
                    .isEqualTo(20);
            assertThat(hanging.connections()).isBetween(1, 4);
        } finally {
            stuck.dispose();
        }
    }

    private <T extends AutoCloseable> T open(T closeable) {
        opened.add(closeable);
        return closeable;
    }

    private OutboundClient allowingThisMachine() {
        return client(Set.of(), List.of("127.0.0.1/32"));
    }

    private OutboundClient client(Set<Integer> ports, List<String> allow) {
        return client(ports, allow, null);
    }

    private OutboundClient client(
            Set<Integer> ports, List<String> allow, @Nullable AddressResolverGroup<InetSocketAddress> resolver) {
        return client(ports, allow, resolver, Duration.ofSeconds(2));
    }

    private OutboundClient client(
            Set<Integer> ports,
            List<String> allow,
            @Nullable AddressResolverGroup<InetSocketAddress> resolver,
            Duration answerWithin) {
        var properties = new OutboundProperties(allow, Duration.ofSeconds(2), answerWithin, 4, 1000);
        return open(
                new OutboundClient(properties, new CallableAddresses(allow, ports), InstantSource.system(), resolver));
    }

    private static Mono<OutboundAnswer> post(OutboundClient client, String url) {
        return client.post(URI.create(url), headers -> headers.set("x-test", "1"), "{\"a\":1}".getBytes(UTF_8));
    }

    /** A resolver that answers one address after the other. */
    private static AddressResolverGroup<InetSocketAddress> resolving(String... addresses) {
        Queue<String> answers = new ArrayDeque<>(List.of(addresses));
        return new AddressResolverGroup<>() {
            @Override
            protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
                return new InetNameResolver(executor) {
                    @Override
                    protected void doResolve(String host, Promise<InetAddress> promise) throws Exception {
                        promise.setSuccess(InetAddress.getByName(answers.remove()));
                    }

                    @Override
                    protected void doResolveAll(String host, Promise<List<InetAddress>> promise) throws Exception {
                        promise.setSuccess(List.of(InetAddress.getByName(answers.remove())));
                    }
                }.asAddressResolver();
            }
        };
    }
}
