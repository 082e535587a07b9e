package broadsheet.article.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import broadsheet.web.problem.InvalidFieldException;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTests {

    private final Passwords passwords = new Passwords();

    @ParameterizedTest
    @ValueSource(strings = {"", "seven77", "ééééééééééééééééééééééééééééééééééééé"})
    void aPasswordIsNeitherTooShortNorLongerThanBcryptReads(String password) {
        assertThatExceptionOfType(InvalidFieldException.class)
                .isThrownBy(() -> passwords.hash(password).block());
    }

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
