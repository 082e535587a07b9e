package broadsheet.article.account;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;

/** As an administrator adds it. */
record NewAccount(
        @NotNull @Pattern(regexp = "[a-z0-9][a-z0-9._-]{1,62}", message = "must be 2 to 63 of a-z, 0-9, '.', '_' and '-'") String username,

        @NotBlank @Size(max = 100) String displayName,
        @NotNull String password,
        @NotEmpty List<@NotNull Role> roles) {

    @Override
    public String toString() {
        return "NewAccount[" + username + ", " + roles + "]";
    }
}
