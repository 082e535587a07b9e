package broadsheet.notification.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import broadsheet.web.problem.InvalidFieldException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTests {

    @ParameterizedTest
    @CsvSource({
        "ada@example.org, ada@example.org",
        "Ada.Lovelace+news@mail.example.org, Ada.Lovelace+news@mail.example.org",
        "o'hara_{x}@example.org, o'hara_{x}@example.org",
        "ada@bücher.example, ada@xn--bcher-kva.example",
        "ada@例子.测试, ada@xn--fsqu00a.xn--0zwm56d"
    })
    void anAddressThatCanBeWrittenToIsTaken(String text, String address) {
        assertThat(EmailAddress.of(text).address()).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ada",
                "@example.org",
                "ada@",
                "ada@example",
                "ada@exam ple.org",
                "ada@-example.org",
                "ada@example..org",
                "ada@example.org.",
                "ada@192.0.2.1",
                "ada@[192.0.2.1]",
                "ada@exam_ple.org",
                ".ada@example.org",
                "ada.@example.org",
                "a..da@example.org",
                "ada lovelace@example.org",
                " ada@example.org",
                "ada@example.org ",
                "ada@example.org, eve@example.org",
                "ada,eve@example.org",
                "Ada <ada@example.org>",
                "friends:ada@example.org;",
                "ada(comment)@example.org",
                "ada@example.org(comment)",
                "\"ada\"@example.org",
                "\"a\rda\"@example.org",
                "ada@example.org\r\nBcc: eve@example.org",
                "ada\r\nBcc: eve@example.org",
                "ada\u0000@example.org",
                "ädä@example.org",
                "ada@eve@example.org",
                "ada%0d%0a@example.org@"
            })
    void whatIsNoAddressIsRefusedByTheNameOfItsField(String text) {
        assertThatThrownBy(() -> EmailAddress.of(text))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageContaining("target.address");
    }

    @Test
    void anAddressHasAtMost254Characters() {
        String domain = ("d".repeat(60) + ".").repeat(3) + "example";
        String local = "a".repeat(254 - 1 - domain.length());
        assertThat(EmailAddress.of(local + "@" + domain).address()).hasSize(254);
        assertThatThrownBy(() -> EmailAddress.of("a" + local + "@" + domain)).hasMessageContaining("target.address");
        assertThatThrownBy(() -> EmailAddress.of("a".repeat(65) + "@example.org"))
                .hasMessageContaining("target.address");
    }
}
