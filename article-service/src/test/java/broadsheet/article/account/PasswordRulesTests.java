package broadsheet.article.account;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import broadsheet.web.problem.FieldError;
import broadsheet.web.problem.InvalidFieldException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordRulesTests {

    private final PasswordRules rules = new PasswordRules();

    @ParameterizedTest
    @CsvSource({
        "'', 'must have 8 characters or more, and 72 bytes or less'",
        "seven77, 'must have 8 characters or more, and 72 bytes or less'",
        "ééééééééééééééééééééééééééééééééééééé, 'must have 8 characters or more, and 72 bytes or less'",
        "password, is one of the most common passwords",
        "PassWord1, is one of the most common passwords",
        "QWERTYUIOP, is one of the most common passwords",
        "Ann.Smith, must not be the username"
    })
    void whatIsGuessedFirstOrNotReadToItsEndIsRefused(String password, String message) {
        assertThatExceptionOfType(InvalidFieldException.class)
                .isThrownBy(() -> rules.check("new", password, "ann.smith"))
                .matches(e -> List.of(new FieldError("new", message))
                        .equals(
                                e.getBody().getProperties() == null
                                        ? null
                                        : e.getBody().getProperties().get("errors")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"the-admin-of-ci", "correct horse battery", "# 000000", "éééééééééééééééééééééééééééééééééééé"})
    void whatIsLongEnoughAndRareIsTaken(String password) {
        assertThatCode(() -> rules.check("password", password, "admin")).doesNotThrowAnyException();
    }
}
