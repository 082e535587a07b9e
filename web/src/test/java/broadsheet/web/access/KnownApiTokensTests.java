package broadsheet.web.access;

import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.events.StaffSessionsEnded;
import broadsheet.events.StaffTokenIssued;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnownApiTokensTests {

    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

    private final ApiTokenSecret secret = ApiTokenSecret.random(new Random(7));
    private final KnownApiTokens known = new KnownApiTokens();

    @ParameterizedTest
    @CsvSource({
        "AUTHOR,   read,                      AUTHOR,                 ''",
        "EDITOR,   read,                      AUTHOR EDITOR,          ''",
        "ADMIN,    read,                      AUTHOR EDITOR OPERATOR, ''",
        "ADMIN,    articles:write,            AUTHOR,                 AUTHOR",
        "ADMIN,    articles:publish,          AUTHOR EDITOR,          AUTHOR EDITOR",
        "ADMIN,    operations,                OPERATOR,               OPERATOR",
        "AUTHOR,   articles:publish,          AUTHOR,                 AUTHOR",
        "EDITOR,   read articles:write,       AUTHOR EDITOR,          AUTHOR"
    })
    void aTokenIsWhatBothItsAccountAndItsScopesAllow(String role, String scopes, String reading, String writing) {
        known.apply(token(List.of(role), NOW, List.of(scopes.split(" ")), null));
        var token = known.find(secret.text(), NOW).orElseThrow();
        assertThat(String.join(" ", token.getClaimAsStringList(SessionTokens.ROLES)))
                .isEqualTo(reading);
        assertThat(String.join(" ", token.getClaimAsStringList(KnownApiTokens.WRITING_ROLES)))
                .isEqualTo(writing);
        assertThat(token.getSubject()).isEqualTo("ann");
    }

    @ParameterizedTest
    @CsvSource({"OPERATOR, articles:write", "AUTHOR, operations", "EDITOR, of-a-later-release"})
    void aTokenForWhatItsAccountMayNotIsNone(String role, String scope) {
        known.apply(token(List.of(role), NOW, List.of(scope), null));
        assertThat(known.find(secret.text(), NOW)).isEmpty();
    }

    @Test
    void rolesThatWereTakenAreTakenInWhateverOrderItIsSaid() {
        known.apply(new StaffSessionsEnded("ann", NOW.plusSeconds(1), List.of("AUTHOR")));
        known.apply(token(List.of("EDITOR"), NOW, List.of("read"), null));
        known.apply(new StaffSessionsEnded("ann", NOW.minusSeconds(1), List.of("ADMIN")));
        assertThat(roles()).containsExactly("AUTHOR");

        known.apply(new StaffSessionsEnded("ann", NOW.plusSeconds(2), List.of()));
        assertThat(known.find(secret.text(), NOW)).isEmpty();
        known.apply(new StaffSessionsEnded("ann", NOW.plusSeconds(3), List.of("EDITOR")));
        assertThat(roles()).containsExactly("AUTHOR", "EDITOR");
    }

    @Test
    void anEndThatSaysNoRolesLeavesThem() {
        known.apply(token(List.of("EDITOR"), NOW, List.of("articles:write"), null));
        known.apply(new StaffSessionsEnded("ann", NOW.plusSeconds(1), null));
        assertThat(roles()).containsExactly("AUTHOR");
    }

    @Test
    void whatIsRevokedStaysSo() {
        known.apply(token(List.of("EDITOR"), NOW, List.of("read"), Instant.EPOCH));
        known.apply(token(List.of("EDITOR"), NOW, List.of("read"), null));
        assertThat(known.find(secret.text(), NOW)).isEmpty();
    }

    @Test
    void aTokenExpires() {
        known.apply(token(List.of("EDITOR"), NOW, List.of("read"), NOW.plusMillis(1)));
        assertThat(known.find(secret.text(), NOW)).isPresent();
        assertThat(known.find(secret.text(), NOW.plusMillis(1))).isEmpty();
    }

    @Test
    void anotherTokenIsNone() {
        known.apply(token(List.of("EDITOR"), NOW, List.of("read"), null));
        assertThat(known.find(ApiTokenSecret.random(new Random(8)).text(), NOW)).isEmpty();
        assertThat(known.find(secret.hash(), NOW)).isEmpty();
    }

    private List<String> roles() {
        return Objects.requireNonNull(
                known.find(secret.text(), NOW).orElseThrow().getClaimAsStringList(SessionTokens.ROLES));
    }

    private StaffTokenIssued token(
            List<String> roles, Instant rolesAsOf, List<String> scopes, @Nullable Instant expiresAt) {
        return new StaffTokenIssued(secret.hash(), "token-1", "ann", roles, rolesAsOf, scopes, expiresAt);
    }
}
