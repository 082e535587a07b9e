package broadsheet.web.access;

import broadsheet.web.ServiceTest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** Tokens as article-service gives them out, and others. */
final class TestSessions {

    private static final Duration LIFETIME = Duration.ofHours(1);

    private TestSessions() {}

    static String of(String... roles) {
        return signedWith(ServiceTest.SECRET, InstantSource.system(), roles);
    }

    static String expired() {
        return signedWith(
                ServiceTest.SECRET, () -> InstantSource.system().instant().minus(LIFETIME.multipliedBy(2)), "ADMIN");
    }

    static String signedWith(String secret, InstantSource clock, String... roles) {
        return new SessionTokens(new SessionProperties(secret, LIFETIME, false), clock)
                .issue("ann", List.of(roles))
                .getTokenValue();
    }
}
