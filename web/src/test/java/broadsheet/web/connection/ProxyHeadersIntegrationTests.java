package broadsheet.web.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What a service behind a proxy believes of who called, and how. */
@ConnectionTest
class ProxyHeadersIntegrationTests {

    private final int port;

    ProxyHeadersIntegrationTests(@LocalServerPort int port) {
        this.port = port;
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            X-Forwarded-For: 203.0.113.7                                      | 203.0.113.7 http://news.example/
            X-Forwarded-For: 198.51.100.1, 203.0.113.7                        | 203.0.113.7 http://news.example/
            X-Forwarded-For: 198.51.100.1$X-Forwarded-For: 203.0.113.7        | 203.0.113.7 http://news.example/
            X-Forwarded-For: 203.0.113.7:4711                                 | 203.0.113.7 http://news.example/
            X-Forwarded-For: [2001:db8::1]:4711                               | 2001:db8:0:0:0:0:0:1 http://news.example/
            X-Forwarded-For: 2001:db8::1                                      | 2001:db8:0:0:0:0:0:1 http://news.example/
            X-Forwarded-For: ::ffff:203.0.113.7                               | 203.0.113.7 http://news.example/
            X-Forwarded-For: localhost                                        | 127.0.0.1 http://news.example/
            X-Forwarded-For: 203.0.113.7, unknown                             | 127.0.0.1 http://news.example/
            X-Forwarded-For:                                                  | 127.0.0.1 http://news.example/
            X-Forwarded-Proto: https                                          | 127.0.0.1 https://news.example/
            X-Forwarded-Proto: http, https                                    | 127.0.0.1 https://news.example/
            X-Forwarded-Proto: javascript                                     | 127.0.0.1 http://news.example/
            Forwarded: for=203.0.113.7;proto=https;host=evil.example          | 127.0.0.1 http://news.example/
            X-Forwarded-Host: evil.example                                    | 127.0.0.1 http://news.example/
            X-Forwarded-Port: 4444                                            | 127.0.0.1 http://news.example/
            X-Forwarded-Prefix: /evil                                         | 127.0.0.1 http://news.example/
            X-Real-IP: 203.0.113.7                                            | 127.0.0.1 http://news.example/
            """)
    void theProxysOwnWordIsBelievedAndNothingElse(String headers, String seen) throws IOException {
        try (var client = new RawClient(port)) {
            client.send("GET /caller HTTP/1.1\r\nHost: news.example\r\n" + headers.replace("$", "\r\n") + "\r\n\r\n");
            assertThat(client.readUntil("/caller")).endsWith("\r\n\r\n" + seen + "caller");
        }
    }
}
