package broadsheet.article.editing;

import broadsheet.article.account.Account;
import broadsheet.article.account.Accounts;
import broadsheet.article.workflow.StaffMember;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Who of the staff makes a request, under the name that readers see. */
@Component
public class SessionStaff {

    private final Accounts accounts;

    SessionStaff(Accounts accounts) {
        this.accounts = accounts;
    }

    public Mono<StaffMember> of(Authentication session) {
        return accounts.byUsername(session.getName())
                .map(Account::displayName)
                .defaultIfEmpty(session.getName())
                .map(displayName -> StaffMember.of(session, displayName));
    }
}
