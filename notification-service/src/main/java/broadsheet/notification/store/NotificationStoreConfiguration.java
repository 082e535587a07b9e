package broadsheet.notification.store;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.time.Duration;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class NotificationStoreConfiguration {

    private static final Duration ANSWERS_IN = Duration.ofSeconds(4);

    /** Whoever waits for a store that is away learns so within 5 s, not in the driver's minutes. */
    @Bean
    MongoClientSettingsBuilderCustomizer notificationStoreTimeLimit() {
        return settings -> settings.timeout(ANSWERS_IN.toMillis(), MILLISECONDS);
    }
}
