package broadsheet.article.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Schedulers;

class PasswordsTests {

    private final Passwords passwords = new Passwords(new AccountProperties("", 4), Schedulers.immediate());

    @Test
    void onlyThePasswordOfAnAccountMatches() {
        var ann = new Account(
                "ann",
                "Ann",
                Objects.requireNonNull(passwords.hash("correct horse").block()),
                Set.of(Role.AUTHOR),
                Instant.EPOCH);

        assertThat(passwords.matches("correct horse", ann).block()).isTrue();
        assertThat(passwords.matches("correct horsf", ann).block()).isFalse();
        assertThat(passwords.matches("x".repeat(200), ann).block()).isFalse();
        assertThat(passwords.matches("nobody has this password", null).block()).isFalse();
        assertThat(ann.toString()).doesNotContain(ann.passwordHash());
    }
}
