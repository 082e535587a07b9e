package broadsheet.article.account;

import static java.nio.charset.StandardCharsets.UTF_8;

import broadsheet.web.problem.InvalidFieldException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * What a new password may be: of 8 characters or more, no longer than BCrypt reads, neither the username nor one of the
 * 1,000 most common passwords, in whatever case.
 */
@Component
class PasswordRules {

    /** BCrypt reads no further. */
    static final int MAX_BYTES = 72;

    private static final int MIN_CHARACTERS = 8;

    private final Set<String> common = common();

    /** @param field what the request calls the password; an {@code InvalidFieldException} names it */
    void check(String field, String password, String username) {
        if (password.length() < MIN_CHARACTERS || password.getBytes(UTF_8).length > MAX_BYTES) {
            throw new InvalidFieldException(
                    field, "must have " + MIN_CHARACTERS + " characters or more, and " + MAX_BYTES + " bytes or less");
        }
        if (password.equalsIgnoreCase(username)) {
            throw new InvalidFieldException(field, "must not be the username");
        }
        if (common.contains(password.toLowerCase(Locale.ROOT))) {
            throw new InvalidFieldException(field, "is one of the most common passwords");
        }
    }

    private static Set<String> common() {
        InputStream file = Objects.requireNonNull(PasswordRules.class.getResourceAsStream("common-passwords.txt"));
        try (var lines = new BufferedReader(new InputStreamReader(file, UTF_8))) {
            return lines.lines().filter(line -> !line.startsWith("#")).collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
