package broadsheet.testservers;

import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** Points an application context at the {@link TestServers}, with a database of its own, and makes {@link StaffTokens} good. */
public final class TestServersInitializer implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        CompletableFuture<String> kafka = CompletableFuture.supplyAsync(() -> {
            StaffTokens.publishKey();
            return TestServers.bootstrapServers();
        });
        String mongo = TestServers.mongoUri("test-" + UUID.randomUUID());
        TestPropertyValues.of("spring.mongodb.uri=" + mongo, "spring.kafka.bootstrap-servers=" + kafka.join())
                .applyTo(context);
    }
}
