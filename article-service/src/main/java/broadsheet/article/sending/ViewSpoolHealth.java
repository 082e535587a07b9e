package broadsheet.article.sending;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** The part of the service's health that says whether views can be stored while Kafka is away, and how many wait. */
@Component("viewSpoolHealthIndicator")
class ViewSpoolHealth implements HealthIndicator {

    private final ViewSpool spool;

    ViewSpoolHealth(ViewSpool spool) {
        this.spool = spool;
    }

    @Override
    public Health health() {
        String trouble = spool.trouble();
        Health.Builder health = trouble == null ? Health.up() : Health.down().withDetail("trouble", trouble);
        return health.withDetail("waiting", spool.files().pendingCount()).build();
    }
}
