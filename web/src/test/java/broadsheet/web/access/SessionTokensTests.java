package broadsheet.web.access;

import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.web.ServiceTest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
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

    private static SessionTokens tokens(Instant now) {
        var properties = new SessionProperties(ServiceTest.SECRET, Duration.ofHours(12), false);
        return new SessionTokens(properties, InstantSource.fixed(now));
    }
}
