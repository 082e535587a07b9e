package broadsheet.web.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.events.StaffKeyPublished;
import broadsheet.events.StaffSessionsEnded;
import broadsheet.testservers.StaffTokens;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.oauth2.jwt.BadJwtException;
import reactor.test.StepVerifier;

class SessionTokensTests {

    private final StaffSessions sessions = new StaffSessions();

    @BeforeEach
    void know() {
        sessions.apply(StaffTokens.key());
        sessions.becomeKnown();
    }

    @Test
    void aTokenSaysWhoAndUntilWhen() {
        StepVerifier.create(tokens().decode(StaffTokens.of("ann", "EDITOR", "OPERATOR")))
                .assertNext(read -> {
                    assertThat(read.getSubject()).isEqualTo("ann");
                    assertThat(read.getClaimAsStringList("roles")).containsExactly("EDITOR", "OPERATOR");
                    assertThat(read.getExpiresAt()).isAfter(Instant.now());
                    assertThat(read.getClaimAsString("iss")).isEqualTo("broadsheet");
                })
                .verifyComplete();
    }

    @Test
    void aTokenEndsWhenItsLifetimeDoes() {
        String token = StaffTokens.of("ann");
        takes(tokensIn(Duration.ofMinutes(50)), token);
        refuses(tokensIn(Duration.ofMinutes(70)), token);
    }

    @Test
    void aKeyThatWasWithdrawnStaysSoInWhateverOrderItsEventsCome() {
        StaffKeyPublished key = StaffTokens.key();
        sessions.apply(new StaffKeyPublished(key.jwk(), Instant.EPOCH));
        sessions.apply(key);
        refuses(tokensIn(Duration.ZERO), StaffTokens.of("ann"));
    }

    @Test
    void noTokenIsTakenBeforeItIsKnownWhichAreGood() {
        var atStart = new StaffSessions();
        atStart.apply(StaffTokens.key());
        var tokens = new SessionTokens(atStart, InstantSource.system());
        String token = StaffTokens.of("ann");
        refuses(tokens, token);
        atStart.becomeKnown();
        takes(tokens, token);
    }

    @Test
    void whatWasGivenOutBeforeAnEndIsRefusedAndWhatCameAfterIsTaken() {
        Instant ended = Instant.now();
        sessions.apply(new StaffSessionsEnded("ann", ended, null));
        refuses(tokens(), validFrom("ann", ended.toEpochMilli() - 1));
        takes(tokens(), validFrom("ann", ended.toEpochMilli()));
        takes(tokens(), validFrom("bob", 0));
    }

    @Test
    void aTokenThatWasTakenIsRefusedOnceItsSessionHasEnded() {
        SessionTokens tokens = tokens();
        String token = validFrom("ann", 0);
        takes(tokens, token);
        sessions.apply(new StaffSessionsEnded("ann", Instant.ofEpochMilli(1), null));
        refuses(tokens, token);
    }

    @Test
    void aTokenThatWasTakenIsRefusedOnceItsKeyIsWithdrawn() {
        SessionTokens tokens = tokens();
        String token = StaffTokens.of("ann");
        takes(tokens, token);
        sessions.apply(new StaffKeyPublished(StaffTokens.key().jwk(), Instant.EPOCH));
        refuses(tokens, token);
    }

    @Test
    void aTokenThatWasTakenIsRefusedOnceItExpires() {
        Instant[] now = {Instant.now()};
        var tokens = new SessionTokens(sessions, () -> now[0]);
        String token = StaffTokens.of("ann");
        takes(tokens, token);
        now[0] = now[0].plus(Duration.ofMinutes(70));
        refuses(tokens, token);
    }

    @Test
    void anEarlierEndThatComesLaterChangesNothing() {
        Instant ended = Instant.now();
        sessions.apply(new StaffSessionsEnded("ann", ended, null));
        sessions.apply(new StaffSessionsEnded("ann", ended.minusSeconds(60), null));
        refuses(tokens(), validFrom("ann", ended.toEpochMilli() - 1));
    }

    @Test
    void aTokenThatDoesNotSayWhichSessionItIsOfIsRefused() {
        refuses(tokens(), signed(StaffTokens.claims("ann").claim(StaffTokens.VALID_FROM, null)));
        refuses(tokens(), signed(StaffTokens.claims("ann").claim(StaffTokens.VALID_FROM, "soon")));
        refuses(tokens(), signed(StaffTokens.claims("ann").subject(null)));
    }

    @Test
    void aKeyThatExpiredSignsNothing() {
        StaffKeyPublished known = StaffTokens.key();
        sessions.apply(new StaffKeyPublished(known.jwk(), Instant.now().minusSeconds(1)));
        refuses(tokens(), StaffTokens.of("ann"));
    }

    @Test
    void aKeyThatWasNotPublishedSignsNothing() {
        refuses(
                tokens(),
                StaffTokens.signed(
                        StaffTokens.newKey(), StaffTokens.claims("ann").build()));
    }

    @Test
    void aNewKeyLeavesTheTokensOfTheOldOneGood() {
        var other = StaffTokens.newKey();
        sessions.apply(new StaffKeyPublished(
                StaffKeyPublished.Jwk.of(
                        other.getKeyID(), other.getX().toString(), other.getY().toString()),
                Instant.now().plusSeconds(60)));
        takes(tokens(), StaffTokens.signed(other, StaffTokens.claims("ann").build()));
        takes(tokens(), StaffTokens.of("ann"));
    }

    @Test
    void aTokenForAnotherAudienceOrNoneIsRefused() {
        refuses(tokens(), signed(StaffTokens.claims("ann").audience("another-system")));
        refuses(tokens(), signed(StaffTokens.claims("ann").audience((String) null)));
        refuses(tokens(), signed(StaffTokens.claims("ann").issuer("another-system")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "HS256"})
    void aTokenThatNobodySignedIsRefused(String algorithm) {
        String[] parts = StaffTokens.of("ann", "ADMIN").split("\\.", -1);
        String header = base64("{\"alg\":\"%s\",\"kid\":\"%s\"}"
                .formatted(algorithm, StaffTokens.key().jwk().kid()));
        refuses(tokens(), header + "." + parts[1] + ".");
        refuses(tokens(), header + "." + parts[1] + "." + parts[2]);
    }

    /** Whoever knows a public key, as all do, must not sign with it as if it were a shared secret. */
    @Test
    void thePublicKeyIsNoSecret() throws JOSEException {
        var key = StaffTokens.key().jwk();
        var token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(key.kid()).build(),
                StaffTokens.claims("ann", "ADMIN").build());
        token.sign(new MACSigner(key.x().getBytes(UTF_8)));
        refuses(tokens(), token.serialize());
    }

    private static String validFrom(String username, long millis) {
        return signed(StaffTokens.claims(username).claim(StaffTokens.VALID_FROM, millis));
    }

    private static String signed(JWTClaimsSet.Builder claims) {
        return StaffTokens.signed(claims.build());
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }

    private SessionTokens tokens() {
        return new SessionTokens(sessions, InstantSource.system());
    }

    private SessionTokens tokensIn(Duration time) {
        return new SessionTokens(sessions, () -> Instant.now().plus(time));
    }

    private static void takes(SessionTokens tokens, String token) {
        StepVerifier.create(tokens.decode(token)).expectNextCount(1).verifyComplete();
    }

    private static void refuses(SessionTokens tokens, String token) {
        StepVerifier.create(tokens.decode(token)).verifyError(BadJwtException.class);
    }
}
