package broadsheet.kafka;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Whether Kafka answers, asked at most every two seconds, since anyone may ask for health; over a connection of its own. */
final class KafkaHealth implements HealthIndicator, DisposableBean {

    private static final Duration TIME_LIMIT = Duration.ofSeconds(2);
    private static final Duration KEPT = Duration.ofSeconds(2);

    private final Map<String, Object> configuration;
    private final InstantSource clock;
    private @Nullable Admin admin;
    private @Nullable Health last;
    private Instant lastAt = Instant.MIN;

    KafkaHealth(Map<String, Object> configuration, InstantSource clock) {
        this.configuration = Map.copyOf(configuration);
        this.clock = clock;
    }

    @Override
    public synchronized Health health() {
        Instant now = clock.instant();
        if (last == null || lastAt.plus(KEPT).isBefore(now)) {
            last = ask();
            lastAt = clock.instant();
        }
        return last;
    }

    private Health ask() {
        try {
            admin().describeCluster().clusterId().get(TIME_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            return Health.up().build();
        } catch (TimeoutException | ExecutionException | KafkaException e) {
            return Health.down().withDetail("trouble", "Kafka does not answer").build();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Health.unknown().build();
        }
    }

    private Admin admin() {
        if (admin == null) {
            admin = Admin.create(configuration);
        }
        return admin;
    }

    @Override
    public synchronized void destroy() {
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }
}
