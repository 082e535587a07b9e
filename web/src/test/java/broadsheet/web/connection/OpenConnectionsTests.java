package broadsheet.web.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class OpenConnectionsTests {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void anAddressHasSoManyConnectionsAndOthersTheirs() {
        var open = open(false);
        var first = new Connection("203.0.113.7");
        assertThat(open.admits(first)).isTrue();
        assertThat(open.admits(new Connection("203.0.113.7"))).isTrue();
        var third = new Connection("::ffff:203.0.113.7");
        assertThat(open.admits(third)).isFalse();
        assertThat(third.isOpen()).isFalse();
        assertThat(open.admits(new Connection("203.0.113.8"))).isTrue();
        assertThat(meters.counter("broadsheet.connections.refused", "limit", "address")
                        .count())
                .isOne();
        assertThat(first.close().isSuccess()).isTrue();
        assertThat(open.admits(new Connection("203.0.113.7"))).isTrue();
    }

    @Test
    void aNetworkOf64BitsIsOneAddress() {
        var open = open(false);
        assertThat(open.admits(new Connection("2001:db8::1"))).isTrue();
        assertThat(open.admits(new Connection("2001:db8::2"))).isTrue();
        assertThat(open.admits(new Connection("2001:db8::3"))).isFalse();
        assertThat(open.admits(new Connection("2001:db8:0:1::3"))).isTrue();
    }

    @Test
    void behindAProxyAllConnectionsAreItsOwnAndMayBeAsManyAsThereAre() {
        var open = open(true);
        for (int count = 0; count < 4; count++) {
            assertThat(open.admits(new Connection("192.0.2.1"))).isTrue();
        }
        assertThat(open.admits(new Connection("192.0.2.1"))).isFalse();
        assertThat(meters.counter("broadsheet.connections.refused", "limit", "overall")
                        .count())
                .isOne();
    }

    @Test
    void anAddressWithoutConnectionsIsForgotten() {
        var open = open(false);
        for (int host = 0; host < 200; host++) {
            var one = new Connection("203.0.113." + host);
            assertThat(open.admits(one)).isTrue();
            assertThat(one.close().isSuccess()).isTrue();
        }
        assertThat(open.addresses()).isZero();
    }

    private OpenConnections open(boolean behindProxy) {
        var settings = Map.of("max", "4", "per-address", "2", "behind-proxy", String.valueOf(behindProxy));
        var limits =
                new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate("", ConnectionProperties.class);
        return new OpenConnections(limits, meters);
    }

    private static final class Connection extends EmbeddedChannel {

        private final InetSocketAddress client;

        Connection(String client) {
            this.client = new InetSocketAddress(client, 4711);
        }

        @Override
        public SocketAddress remoteAddress() {
            return client;
        }
    }
}
