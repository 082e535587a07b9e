package broadsheet.web.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import broadsheet.web.ServiceTest;
import broadsheet.web.SmallService;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;

/** What a connection may cost, with limits that are short enough to wait for. */
@SpringBootTest(
        classes = SmallService.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.name=broadsheet",
            "broadsheet.session.secret=" + ServiceTest.SECRET,
            "broadsheet.connections.max=20",
            "broadsheet.connections.idle=1s",
            "broadsheet.connections.header=400ms",
            "broadsheet.connections.body=1s",
            "broadsheet.connections.body-pause=300ms",
            "broadsheet.connections.stalled-answer=500ms",
        })
@Import(ConnectionLimitsIntegrationTests.LongAnswers.class)
class ConnectionLimitsIntegrationTests {

    private static final String POST = "POST /things HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
    private static final int DOWNLOAD_PIECE = 64 * 1024;
    private static final int DOWNLOAD_PIECES = 256;

    private final int port;
    private final LongAnswers answers;

    ConnectionLimitsIntegrationTests(@LocalServerPort int port, @Autowired LongAnswers answers) {
        this.port = port;
        this.answers = answers;
    }

    @Test
    void aHeaderThatStopsIsAnsweredWith408() throws IOException {
        try (var client = new RawClient(port)) {
            assertThat(client.send("GET /anyone HTTP/1.1\r\nHost: loc").readUntilClosed())
                    .startsWith("HTTP/1.1 408 ")
                    .containsIgnoringCase("\r\nconnection: close\r\n");
        }
    }

    @Test
    void aHeaderThatTricklesForEverIsAnsweredWith408() throws IOException {
        try (var client = new RawClient(port)) {
            assertThat(client.send("GET /anyone HTTP/1.1\r\nHost: localhost\r\n")
                            .trickleUntilClosed("A: b\r\n"))
                    .startsWith("HTTP/1.1 408 ");
        }
    }

    @Test
    void aSecondHeaderThatStopsIsAnsweredWith408() throws IOException {
        try (var client = new RawClient(port)) {
            client.send("GET /anyone HTTP/1.1\r\nHost: localhost\r\n\r\n").readUntil("nobody");
            assertThat(client.send("GET /anyone").readUntilClosed()).startsWith("HTTP/1.1 408 ");
        }
    }

    @Test
    void aBodyThatStopsIsAnsweredWith408() throws IOException {
        try (var client = new RawClient(port)) {
            assertThat(client.send(POST + "Content-Length: 1000\r\n\r\n{\"name\"")
                            .readUntilClosed())
                    .startsWith("HTTP/1.1 408 ")
                    .containsIgnoringCase("\r\nconnection: close\r\n")
                    .contains("application/problem+json");
        }
    }

    @Test
    void aBodyThatTricklesForEverIsAnsweredWith408() throws IOException {
        try (var client = new RawClient(port)) {
            assertThat(client.send(POST + "Transfer-Encoding: chunked\r\n\r\n").trickleUntilClosed("1\r\n \r\n"))
                    .startsWith("HTTP/1.1 408 ");
        }
    }

    @Test
    void aBodyThatNobodyReadsKeepsItsConnectionNoLongerThanOthers() throws IOException {
        try (var client = new RawClient(port)) {
            assertThat(client.send("POST /nowhere HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n ")
                            .readUntilClosed())
                    .startsWith("HTTP/1.1 404 ");
        }
    }

    @Test
    void aConnectionThatIdlesIsClosed() throws IOException {
        try (var never = new RawClient(port);
                var once = new RawClient(port)) {
            once.send("GET /anyone HTTP/1.1\r\nHost: localhost\r\n\r\n").readUntil("nobody");
            assertThat(once.readUntilClosed()).isEmpty();
            assertThat(never.readUntilClosed()).isEmpty();
        }
    }

    @Test
    void headersAndLinesAreBounded() throws IOException {
        try (var header = new RawClient(port);
                var line = new RawClient(port)) {
            assertThat(header.send("GET /anyone HTTP/1.1\r\nHost: localhost\r\nA: " + "a".repeat(20_000) + "\r\n\r\n")
                            .readUntilClosed())
                    .startsWith("HTTP/1.1 431 ");
            assertThat(line.send("GET /anyone?" + "a".repeat(20_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                            .readUntilClosed())
                    .startsWith("HTTP/1.1 414 ");
        }
    }

    @Test
    void connectionsAreBounded() throws IOException {
        var streams = new ArrayList<RawClient>();
        try {
            while (streams.size() < 30) {
                streams.add(new RawClient(port).send("GET /quiet HTTP/1.1\r\nHost: localhost\r\n\r\n"));
            }
            await().untilAsserted(() -> assertThat(answers.streams).hasValue(20));
            assertThat(streams.get(29).readUntilClosed()).isEmpty();
        } finally {
            for (RawClient stream : streams) {
                stream.close();
            }
        }
        await().untilAsserted(() -> assertThat(answers.streams).hasValue(0));
    }

    @Test
    void aStreamThatIsQuietForLongerThanAllLimitsGoesOn() throws IOException {
        try (var client = new RawClient(port)) {
            client.send("GET /quiet HTTP/1.1\r\nHost: localhost\r\n\r\n").readUntil("data:1\n");
        }
    }

    @Test
    void aDownloadThatProgressesSlowlyGoesOn() throws IOException {
        try (var client = new RawClient(port)) {
            client.send("GET /download HTTP/1.0\r\nHost: localhost\r\n\r\n").readUntil("\r\n\r\n");
            client.readSlowly(DOWNLOAD_PIECES / 2, 2 * DOWNLOAD_PIECE);
        }
    }

    @Test
    void aDownloadThatNobodyReadsIsCut() throws IOException {
        try (var client = new RawClient(port, 4 * 1024)) {
            client.send("GET /download HTTP/1.0\r\nHost: localhost\r\n\r\n");
            int before = answers.cut.get();
            await().untilAsserted(() -> assertThat(answers.cut).hasValueGreaterThan(before));
        }
    }

    @RestController
    @RequestMapping
    static class LongAnswers {

        private final AtomicInteger streams = new AtomicInteger();
        private final AtomicInteger cut = new AtomicInteger();

        @GetMapping(path = "/quiet", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
        Flux<Long> quiet() {
            return Flux.interval(Duration.ZERO, Duration.ofSeconds(2))
                    .doOnSubscribe(stream -> streams.incrementAndGet())
                    .doFinally(end -> streams.decrementAndGet());
        }

        @GetMapping(path = "/download", produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
        Flux<byte[]> download() {
            return Flux.fromIterable(List.of(new byte[DOWNLOAD_PIECE]))
                    .repeat(DOWNLOAD_PIECES - 1)
                    .doOnCancel(cut::incrementAndGet);
        }
    }
}
