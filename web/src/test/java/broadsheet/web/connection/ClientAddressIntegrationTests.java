package broadsheet.web.connection;

import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.web.ServiceTest;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.test.web.reactive.server.WebTestClient;

@ServiceTest
class ClientAddressIntegrationTests {

    private final WebTestClient http;

    ClientAddressIntegrationTests(@Autowired WebTestClient http) {
        this.http = http;
    }

    @Test
    void withoutAProxyNobodyIsBelieved() {
        http.get()
                .uri("/caller")
                .header("X-Forwarded-For", "203.0.113.7")
                .header("X-Forwarded-Proto", "https")
                .header("X-Forwarded-Host", "evil.example")
                .header("X-Forwarded-Port", "4444")
                .header("X-Forwarded-Prefix", "/evil")
                .header("Forwarded", "for=203.0.113.7;proto=https;host=evil.example")
                .exchange()
                .expectBody(String.class)
                .value(caller -> assertThat(caller).matches("127\\.0\\.0\\.1 http://localhost:\\d+/caller"));
    }

    @Test
    void aNetworkOfIpv6IsOneAndAnAddressOfIpv4IsOne() {
        assertThat(network("2001:db8:1:2:3::4")).isEqualTo(network("2001:db8:1:2:ffff::"));
        assertThat(network("2001:db8:1:2::")).isNotEqualTo(network("2001:db8:1:3::"));
        assertThat(network("203.0.113.7"))
                .isEqualTo(network("::ffff:203.0.113.7"))
                .isNotEqualTo(network("203.0.113.8"));
    }

    private static String network(String address) {
        return ClientAddress.network(MockServerHttpRequest.get("/")
                .remoteAddress(new InetSocketAddress(address, 4711))
                .build());
    }
}
