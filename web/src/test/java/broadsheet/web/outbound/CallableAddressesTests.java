package broadsheet.web.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallableAddressesTests {

    private final CallableAddresses nothingAllowed = new CallableAddresses(List.of(), CallableAddresses.HTTP_PORTS);

    @ParameterizedTest
    @ValueSource(
            strings = {
                // loopback, unspecified, private, link-local with the metadata of clouds, shared (CGNAT)
                "127.0.0.1",
                "127.255.255.254",
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "100.127.255.255",
                // protocols, documentation, benchmarks, relays, multicast, reserved, broadcast
                "192.0.0.8",
                "192.0.2.1",
                "198.51.100.1",
                "203.0.113.1",
                "198.18.0.1",
                "192.88.99.1",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "fe80::1",
                "fec0::1",
                "fc00::1",
                "fd12:3456::1",
                "ff02::1",
                "2001:db8::1",
                "3fff::1",
                "100::1",
                "5f00::1",
                "2001:2::1",
                "2001:10::1",
                "2001:20::1",
                // IPv4 inside: mapped, compatible, SIIT, NAT64, 6to4, Teredo
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "::ffff:169.254.169.254",
                "::127.0.0.1",
                "::8.8.8.8",
                "::ffff:0:7f00:1",
                "64:ff9b::7f00:1",
                "64:ff9b::a00:1",
                "64:ff9b:1::7f00:1",
                "64:ff9b:1:ffff::1",
                "2002:7f00:1::",
                "2002:a00:1::1",
                "2001:0:5ef5:79fd:0:59d:80ff:fffe"
            })
    void whatIsNotOfTheOpenInternetIsRefused(String address) throws UnknownHostException {
        assertThat(nothingAllowed.permit(of(address), 443)).isFalse();
        assertThat(nothingAllowed.permit(of(address), 80)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "1.1.1.1",
                "172.15.255.255",
                "172.32.0.1",
                "100.128.0.1",
                "11.0.0.1",
                "223.255.255.1",
                "2606:4700::1111",
                "2a00:1450:4001::200e",
                "::ffff:8.8.8.8"
            })
    void theOpenInternetIsCalledOnThePortsOfHttp(String address) throws UnknownHostException {
        assertThat(nothingAllowed.permit(of(address), 443)).isTrue();
        assertThat(nothingAllowed.permit(of(address), 80)).isTrue();
        assertThat(nothingAllowed.permit(of(address), 22)).isFalse();
        assertThat(nothingAllowed.permit(of(address), 8080)).isFalse();
    }

    @Test
    void anAllowedNetworkIsCalledOnAnyPortAndNoOtherIs() throws UnknownHostException {
        var callable = new CallableAddresses(List.of("10.1.0.0/16", "fd00:1::/32"), CallableAddresses.HTTP_PORTS);
        assertThat(callable.permit(of("10.1.2.3"), 8080)).isTrue();
        assertThat(callable.permit(of("::ffff:10.1.2.3"), 9)).isTrue();
        assertThat(callable.permit(of("fd00:1::5"), 8080)).isTrue();
        assertThat(callable.permit(of("10.2.2.3"), 80)).isFalse();
        assertThat(callable.permit(of("fd00:2::5"), 80)).isFalse();
        assertThat(callable.permit(of("8.8.8.8"), 8080)).isFalse();
    }

    @Test
    void aHostThatWasNotLookedUpIsRefused() {
        assertThat(nothingAllowed.permit(InetSocketAddress.createUnresolved("example.com", 443)))
                .isFalse();
    }

    @Test
    void whatIsNoNetworkIsRefusedAtTheStart() {
        assertThatThrownBy(() -> new CallableAddresses(List.of("10.0.0.0/33"), CallableAddresses.HTTP_PORTS))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static InetAddress of(String address) throws UnknownHostException {
        return InetAddress.getByName(address); // never a name
    }
}
