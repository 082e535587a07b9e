package broadsheet.web.precondition;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import broadsheet.web.problem.InvalidFieldException;
import broadsheet.web.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IfMatchTests {

    @ParameterizedTest
    @ValueSource(strings = {"\"7\"", "*", "\"6\", \"7\"", " \"7\" "})
    void theVersionOrAnyIsEnough(String header) {
        assertThatCode(() -> IfMatch.required(header, 7, "Article 42")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"6\"", "W/\"7\"", "\"07\"", "\"\""})
    void anotherVersionOrAWeakOneIsStale(String header) {
        assertProblem(412, header, "Article 42 is not at the version that If-Match names");
    }

    @Test
    void aMissingHeaderIsAskedForUnlessItIsOptional() {
        assertProblem(428, null, "Send the ETag of the version you changed in If-Match");
        assertThatCode(() -> IfMatch.optional(null, 7, "Article 42")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "", "\"7", "\"7\" \"8\"", "*, \"7\""})
    void whatIsNoEntityTagIsRefused(String header) {
        assertThatExceptionOfType(InvalidFieldException.class)
                .isThrownBy(() -> IfMatch.optional(header, 7, "Article 42"));
    }

    private static void assertProblem(int status, @Nullable String header, String detail) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> IfMatch.required(header, 7, "Article 42"))
                .matches(problem -> problem.getStatusCode().value() == status)
                .matches(problem -> detail.equals(problem.getBody().getDetail()));
    }
}
