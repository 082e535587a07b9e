package broadsheet.article.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DuplicateKeyException;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

@ExtendWith(OutputCaptureExtension.class)
class FirstAdminTests {

    private static final Pattern LOGGED = Pattern.compile("'admin' with the password (\\S+)");

    private final AccountProperties properties = new AccountProperties("", 4);
    private final Passwords passwords = new Passwords(properties, Schedulers.immediate());
    private final Accounts accounts = mock();
    private final Map<String, Account> stored = new ConcurrentHashMap<>();

    @BeforeEach
    void answerOfWhatIsStored() {
        when(accounts.isEmpty()).thenReturn(Mono.fromSupplier(stored::isEmpty));
        when(accounts.byUsername("admin")).thenReturn(Mono.fromSupplier(() -> stored.get("admin")));
    }

    @Test
    void thePasswordIsLoggedOfAnAccountThatTheStoreAddedWithoutAnAnswer(CapturedOutput log) {
        when(accounts.add(any()))
                .thenAnswer(asked -> add(asked.getArgument(0))
                        .then(Mono.error(new DataAccessResourceFailureException("No answer in time"))));

        start();

        assertThat(passwords.matches(loggedPassword(log), stored.get("admin")).block())
                .isTrue();
    }

    @Test
    void ofAnAccountThatAnotherInstanceAddedNoPasswordIsLogged(CapturedOutput log) {
        when(accounts.add(any())).thenAnswer(asked -> {
            Account own = asked.getArgument(0);
            stored.put("admin", own.changed("Administrator", "another hash", own.roles(), false));
            return add(own);
        });

        start();

        assertThat(log).doesNotContain("with the password");
    }

    private Mono<Account> add(Account account) {
        return Mono.fromCallable(() -> {
            if (stored.putIfAbsent(account.username(), account) != null) {
                throw new DuplicateKeyException("admin");
            }
            return account;
        });
    }

    private void start() {
        new FirstAdmin(
                        accounts,
                        mock(),
                        passwords,
                        properties,
                        new OidcProperties("", "", "", "preferred_username", "roles", ""),
                        () -> Instant.EPOCH)
                .run(new DefaultApplicationArguments());
    }

    private static String loggedPassword(CapturedOutput log) {
        Matcher logged = LOGGED.matcher(log);
        assertThat(logged.find()).as("a password is logged").isTrue();
        return logged.group(1);
    }
}
