package broadsheet.notification.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubscriberNetworkTests {

    @ParameterizedTest
    @CsvSource({
        "203.0.113.77, 203.0.113.0/24",
        "::ffff:203.0.113.77, 203.0.113.0/24",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:0:0:0:0:0/48"
    })
    void noHouseholdCanBeToldFromWhatIsKept(String address, String network) throws Exception {
        assertThat(SubscriberNetwork.of(InetAddress.getByName(address))).isEqualTo(network);
    }
}
