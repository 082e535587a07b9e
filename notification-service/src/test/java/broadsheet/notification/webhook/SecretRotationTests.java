package broadsheet.notification.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.notification.subscription.WebhookSecret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SecretRotationTests {

    private static final Instant NOW = Instant.parse("2026-11-27T10:00:00Z");
    private static final Instant TOMORROW = NOW.plus(Duration.ofDays(1));

    private final List<WebhookSecret> first = List.of(WebhookSecret.generate());

    @Test
    void theOldSecretIsGoodForADayBesideTheNewOne() {
        List<WebhookSecret> rotated = SecretRotation.rotated(first, NOW);
        assertThat(rotated).hasSize(2);
        assertThat(rotated.get(0).value())
                .matches("whsec_\\S{44}")
                .isNotEqualTo(first.get(0).value());
        assertThat(rotated.get(0).validUntil()).isNull();
        assertThat(rotated.get(1)).isEqualTo(new WebhookSecret(first.get(0).value(), TOMORROW));
    }

    @Test
    void aSecondRotationDoesNotCutTheFirstOverlapShort() {
        List<WebhookSecret> rotated = SecretRotation.rotated(SecretRotation.rotated(first, NOW), NOW.plusSeconds(60));
        assertThat(rotated)
                .extracting(WebhookSecret::validUntil)
                .containsExactly(null, TOMORROW.plusSeconds(60), TOMORROW);
    }

    @Test
    void whatIsOverIsForgotten() {
        List<WebhookSecret> rotated = SecretRotation.rotated(SecretRotation.rotated(first, NOW), TOMORROW);
        assertThat(rotated).hasSize(2).doesNotContain(first.get(0));
    }

    @Test
    void manyRotationsDoNotAddUp() {
        List<WebhookSecret> secrets = first;
        for (int i = 0; i < 100; i++) {
            secrets = SecretRotation.rotated(secrets, NOW);
        }
        assertThat(secrets).hasSize(4);
    }
}
