package broadsheet.web.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.util.ArrayList;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

/** How many connections there may be, and how long a client may keep one waiting. */
@ConnectionTest
@ExtendWith(OutputCaptureExtension.class)
class ConnectionLimitsIntegrationTests {

    private static final String POST = "POST /things HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";

    private final int port;
    private final LongAnswers answers;
    private final Gauge open;

    ConnectionLimitsIntegrationTests(
            @LocalServerPort int port, @Autowired LongAnswers answers, @Autowired MeterRegistry meters) {
        this.port = port;
        this.answers = answers;
        this.open = meters.get("broadsheet.connections.open").gauge();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/things/%zz", "/anyone?q=%", "/[x"})
    void anAddressThatIsNoneIsAProblem(String address) throws IOException {
        try (var client = new RawClient(port)) {
            client.send("HEAD " + address + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    .readUntil("\r\n\r\n");
            assertThat(client.send("GET " + address + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                            .readUntil("}"))
                    .startsWith("HTTP/1.1 400 ")
                    .contains("application/problem+json", "The address is not well-formed");
            client.send("GET /anyone HTTP/1.1\r\nHost: localhost\r\n\r\n").readUntil("nobody");
        }
    }

    @Test
    void whatIsNoHttpIsRefusedAndItsTextIsNotLogged(CapturedOutput output) throws IOException {
        try (var client = new RawClient(port)) {
            assertThat(client.send(
                                    "GET /anyone HTTP/1.1\r\nHost: localhost\r\nContent-Length: a stranger's text\r\n\r\n")
                            .readUntilClosed())
                    .startsWith("HTTP/1.1 400 ");
        }
        assertThat(output).doesNotContain("stranger");
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
        try (var header = new RawClient(port)) {
            assertThat(header.send("GET /anyone HTTP/1.1\r\nHost: localhost\r\nA: " + "a".repeat(20_000) + "\r\n\r\n")
                            .readUntilClosed())
                    .startsWith("HTTP/1.1 431 ");
        }
        try (var line = new RawClient(port)) {
            assertThat(line.send("GET /anyone?" + "a".repeat(20_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                            .readUntilClosed())
                    .startsWith("HTTP/1.1 414 ");
        }
    }

    @Test
    void connectionsAreBounded() throws IOException {
        await().until(() -> open.value() == 0); // the server notices later that a client has left
        var streams = new ArrayList<RawClient>();
        try {
            while (streams.size() < 30) {
                streams.add(new RawClient(port).send("GET /quiet HTTP/1.1\r\nHost: localhost\r\n\r\n"));
            }
            await().untilAsserted(() -> assertThat(answers.streams).hasValue(20));
            int refused = 0;
            for (RawClient stream : streams) {
                refused += stream.isRefused() ? 1 : 0;
            }
            assertThat(refused).isEqualTo(10);
        } finally {
            for (RawClient stream : streams) {
                stream.close();
            }
        }
        await().untilAsserted(() -> assertThat(answers.streams).hasValue(0));
        await().until(() -> open.value() == 0);
    }

    @Test
    void aStreamThatIsQuietForLongerThanAllLimitsGoesOn() throws IOException {
        try (var client = new RawClient(port)) {
            client.send("GET /quiet HTTP/1.1\r\nHost: localhost\r\n\r\n").readUntil("tick1");
        }
    }

    @Test
    void aDownloadThatProgressesSlowlyGoesOn() throws IOException {
        try (var client = new RawClient(port)) {
            client.send("GET /download HTTP/1.0\r\nHost: localhost\r\n\r\n").readUntil("\r\n\r\n");
            client.readSlowly(LongAnswers.DOWNLOAD_PIECES / 4, 4 * LongAnswers.DOWNLOAD_PIECE);
        }
    }

    @Test
    void aDownloadThatNobodyReadsIsCut() throws IOException {
        try (var client = new RawClient(port, 4 * 1024)) {
            client.send("GET /download HTTP/1.0\r\nHost: localhost\r\n\r\n").readUntil("\r\n\r\n");
            int before = answers.cut.get();
            await().untilAsserted(() -> assertThat(answers.cut).hasValueGreaterThan(before));
        }
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(RawClient.PATIENCE);
    }
}
