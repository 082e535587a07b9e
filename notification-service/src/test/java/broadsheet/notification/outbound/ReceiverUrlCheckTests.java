package broadsheet.notification.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import broadsheet.web.outbound.CallableAddresses;
import broadsheet.web.problem.InvalidFieldException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiverUrlCheckTests {

    private final ReceiverUrlCheck urls = urls();
    private final ReceiverUrlCheck internalUrls = urls("10.0.0.0/8");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://exa mple.com/                  | is not a URL",
                "''                                    | must be an http or https URL with a host",
                "/hook                                 | must be an http or https URL with a host",
                "ftp://example.com/                    | must be an http or https URL with a host",
                "file:///etc/passwd                    | must be an http or https URL with a host",
                "mailto:a@example.com                  | must be an http or https URL with a host",
                "https:///hook                         | must be an http or https URL with a host",
                "https://user:secret@example.com/      | must have neither a user nor a fragment",
                "https://example.com/#part             | must have neither a user nor a fragment",
                "https://example.com:8443/             | must be on port 80 or 443",
                "http://8.8.8.8:22/                    | must be on port 80 or 443",
                "http://example.com:0/                 | must be on a port from 1 to 65535",
                "http://localhost/                     | has a host that only an internal network can know",
                "http://kafka./                        | has a host that only an internal network can know",
                "http://127.0.0.1/                     | has an address that may not be called",
                "http://[::1]/                         | has an address that may not be called",
                "http://[::ffff:127.0.0.1]/            | has an address that may not be called",
                "http://[64:ff9b::7f00:1]/             | has an address that may not be called",
                "http://[fe80::1%25eth0]/              | has an address in an unusual form",
                "http://169.254.169.254/latest         | has an address that may not be called",
                "http://2130706433/                    | has an address in an unusual form",
                "http://0x7f000001/                    | has an address in an unusual form",
                "http://0X7F.1/                        | must be an http or https URL with a host",
                "http://0177.0.0.1/                    | has an address in an unusual form",
                "http://010.0.0.1/                     | has an address in an unusual form",
                "http://127.1/                         | must be an http or https URL with a host",
                "http://127.0.0.1./                    | must be an http or https URL with a host"
            })
    void whatCanNeverBeCalledIsRefusedWithTheReason(String url, String reason) {
        assertThatThrownBy(() -> urls.check("target.url", url))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageContaining("target.url " + reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.com/hook?token=1",
                "http://example.com:80/",
                "HTTPS://Example.COM",
                "https://example.com.:443/",
                "https://8.8.8.8/",
                "https://[2606:4700::1111]/"
            })
    void publicReceiversAreTaken(String url) {
        assertThat(urls.check("target.url", url)).hasToString(url);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://10.1.2.3:8080/", "http://intranet/", "http://crm.example:8080/"})
    void internalReceiversAreTakenWhereSomeAreAllowed(String url) {
        assertThat(internalUrls.check("target.url", url)).hasToString(url);
        assertThatThrownBy(() -> urls.check("target.url", url)).isInstanceOf(InvalidFieldException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://10.1.2.3:0/", "http://10.1.2.3:65536/", "https://crm.example:99999/"})
    void aPortThatCannotBeIsRefusedAlsoWhereInternalReceiversAreAllowed(String url) {
        assertThatThrownBy(() -> internalUrls.check("target.url", url))
                .hasMessageContaining("target.url must be on a port from 1 to 65535");
    }

    @Test
    void aUrlLongerThanLinksAreIsRefused() {
        assertThatThrownBy(() -> urls.check("target.url", "https://example.com/" + "a".repeat(2048)))
                .hasMessageContaining("must not be longer than 2048 characters");
    }

    private static ReceiverUrlCheck urls(String... allow) {
        return new ReceiverUrlCheck(new CallableAddresses(List.of(allow), CallableAddresses.HTTP_PORTS));
    }
}
