package broadsheet.testservers;

import java.util.UUID;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** Points an application context at the {@link TestServers}, with a database of its own. */
public final class TestServersInitializer implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        String database = "test-" + UUID.randomUUID();
        TestPropertyValues.of(
                        "spring.mongodb.uri=" + TestServers.mongoUri(database),
                        "spring.kafka.bootstrap-servers=" + TestServers.bootstrapServers())
                .applyTo(context);
    }
}
