package broadsheet.article.account;

import broadsheet.web.problem.InvalidFieldException;
import broadsheet.web.problem.ProblemException;
import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
class PasswordController {

    private final Accounts accounts;
    private final Passwords passwords;
    private final PasswordRules rules;
    private final PasswordCheck check;

    PasswordController(Accounts accounts, Passwords passwords, PasswordRules rules, PasswordCheck check) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.rules = rules;
        this.check = check;
    }

    /** Changes one's own password, which ends all sessions of the account, this one too. */
    @PutMapping("/api/session/password")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> changePassword(
            @Valid @RequestBody PasswordChange change, Authentication session, ServerHttpRequest request) {
        String username = session.getName();
        String replacement = change.checked(rules, username);
        return check.passed(username, change.current, request)
                .switchIfEmpty(Mono.error(() -> new InvalidFieldException("current", "is not your password")))
                .flatMap(account -> passwords
                        .hash(replacement)
                        .flatMap(hash -> accounts.update(account, account.withPassword(hash)))
                        .doOnNext(changed -> AccountAudit.changed(account, changed, username)))
                .switchIfEmpty(Mono.error(() -> new ProblemException(
                        HttpStatus.CONFLICT, "Your account was changed at the same time; try again")))
                .then();
    }

    record PasswordChange(
            @NotNull @Size(max = 200) String current,
            @JsonProperty("new") @Nullable String replacement) {

        String checked(PasswordRules rules, String username) {
            if (replacement == null) {
                throw new InvalidFieldException("new", "is missing");
            }
            rules.check("new", replacement, username);
            return replacement;
        }

        @Override
        public String toString() {
            return "PasswordChange[]";
        }
    }
}
