package broadsheet.article.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SigningKeyRotationTests {

    private static final Instant NOW = Instant.parse("2026-05-04T10:00:00Z");

    private final SigningKey old = key(Duration.ofDays(30), true);

    @Test
    void theFirstKeySignsAtOnce() {
        SigningKey first = key(Duration.ZERO, false);
        assertThat(SigningKeyRotation.signingKey(List.of(first), NOW)).isEqualTo(first);
    }

    @Test
    void instancesThatStartTogetherAgreeOnTheOldestKey() {
        SigningKey first = key(Duration.ofSeconds(2), false);
        SigningKey second = key(Duration.ofSeconds(1), false);
        assertThat(SigningKeyRotation.signingKey(List.of(first, second), NOW)).isEqualTo(first);
    }

    @Test
    void aNewKeySignsOnceEveryServiceCanKnowIt() {
        SigningKey unpublished = key(Duration.ofDays(1), false);
        SigningKey justPublished = key(Duration.ofSeconds(30), true);
        SigningKey published = key(Duration.ofMinutes(2), true);
        assertThat(SigningKeyRotation.signingKey(List.of(old, unpublished), NOW))
                .isEqualTo(old);
        assertThat(SigningKeyRotation.signingKey(List.of(old, justPublished), NOW))
                .isEqualTo(old);
        assertThat(SigningKeyRotation.signingKey(List.of(old, published), NOW)).isEqualTo(published);
    }

    @Test
    void whatIsPublishedAndWhatIsLoggedHasNothingOfThePrivateKey() {
        String secret = String.valueOf(old.pair().getD());
        assertThat(old.toEvent().toString()).doesNotContain(secret);
        assertThat(old.toString()).doesNotContain(secret);
    }

    private static SigningKey key(Duration age, boolean published) {
        SigningKey made = SigningKey.generate(NOW.minus(age), NOW.plus(Duration.ofDays(1)));
        return new SigningKey(made.pair(), made.createdAt(), made.expiresAt(), published);
    }
}
