package broadsheet.web.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.web.ServiceTest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import reactor.test.StepVerifier;

class SessionTokensTests {

    private static final Instant NOW = Instant.parse("2026-05-04T10:00:00Z");

    @Test
    void aTokenSaysWhoAndUntilWhen() {
        Jwt issued = tokens(NOW).issue("ann", List.of("EDITOR", "OPERATOR"));
        StepVerifier.create(tokens(NOW).decoder().decode(issued.getTokenValue()))
                .assertNext(read -> {
                    assertThat(read.getSubject()).isEqualTo("ann");
                    assertThat(read.getClaimAsStringList("roles")).containsExactly("EDITOR", "OPERATOR");
                    assertThat(read.getExpiresAt()).isEqualTo(NOW.plus(Duration.ofHours(12)));
                    assertThat(read.getClaimAsString("iss")).isEqualTo("broadsheet");
                })
                .verifyComplete();
    }

    @Test
    void aTokenEndsWhenItsLifetimeDoes() {
        String token = tokens(NOW).issue("ann", List.of()).getTokenValue();
        StepVerifier.create(tokens(NOW.plus(Duration.ofHours(11))).decoder().decode(token))
                .expectNextCount(1)
                .verifyComplete();
        StepVerifier.create(tokens(NOW.plus(Duration.ofHours(13))).decoder().decode(token))
                .verifyError(BadJwtException.class);
    }

    @Test
    void aTokenForAnotherAudienceIsRefused() {
        refuses(signed(MacAlgorithm.HS256, claims().audience(List.of("another-system"))));
    }

    @Test
    void aTokenForNoAudienceIsRefused() {
        refuses(signed(MacAlgorithm.HS256, claims()));
    }

    @Test
    void aTokenOfAnotherAlgorithmIsRefused() {
        refuses(signed(MacAlgorithm.HS512, claims().audience(List.of("broadsheet-staff"))));
    }

    @Test
    void aTokenThatNobodySignedIsRefused() {
        String[] parts =
                tokens(NOW).issue("ann", List.of("ADMIN")).getTokenValue().split("\\.", -1);
        String header = Base64.getUrlEncoder().withoutPadding().encodeToString("{\"alg\":\"none\"}".getBytes(UTF_8));
        refuses(header + "." + parts[1] + ".");
    }

    private static void refuses(String token) {
        StepVerifier.create(tokens(NOW).decoder().decode(token)).verifyError(BadJwtException.class);
    }

    private static JwtClaimsSet.Builder claims() {
        return JwtClaimsSet.builder()
                .issuer("broadsheet")
                .subject("ann")
                .issuedAt(NOW)
                .expiresAt(NOW.plus(Duration.ofHours(1)))
                .claim("roles", List.of("ADMIN"));
    }

    private static String signed(MacAlgorithm algorithm, JwtClaimsSet.Builder claims) {
        // HMAC itself pads a key with zeros: this is the same key, and long enough for HS512
        byte[] key = Arrays.copyOf(ServiceTest.SECRET.getBytes(UTF_8), 64);
        return NimbusJwtEncoder.withSecretKey(new SecretKeySpec(key, "HmacSHA256"))
                .algorithm(algorithm)
                .build()
                .encode(JwtEncoderParameters.from(JwsHeader.with(algorithm).build(), claims.build()))
                .getTokenValue();
    }

    private static SessionTokens tokens(Instant now) {
        var properties = new SessionProperties(ServiceTest.SECRET, Duration.ofHours(12), false);
        return new SessionTokens(properties, InstantSource.fixed(now));
    }
}
