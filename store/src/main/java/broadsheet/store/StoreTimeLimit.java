package broadsheet.store;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import com.mongodb.MongoClientSettings;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;

/**
 * Lets no call of the store take long: whoever waits for one that is away learns so within 5 s, not in the driver's minutes.
 * For services that import it.
 */
public final class StoreTimeLimit implements MongoClientSettingsBuilderCustomizer {

    private final StoreProperties properties;

    StoreTimeLimit(StoreProperties properties) {
        this.properties = properties;
    }

    @Override
    public void customize(MongoClientSettings.Builder settings) {
        settings.timeout(properties.timeLimit().toMillis(), MILLISECONDS);
    }
}
