package broadsheet.stats;

import broadsheet.testservers.TestServersInitializer;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.ContextConfiguration;

/** The whole service on real servers; each class names topics of its own. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.name=broadsheet,stats-service",
            "broadsheet.stats.send-hits-every=100ms",
            "broadsheet.stats.erasure.begun-after=1s",
            "broadsheet.stats.erasure.repeated-after=1s",
            "broadsheet.stats.erasure.swept-every=500ms",
            "broadsheet.stats.erasure.fences-kept=1s",
            "spring.kafka.consumer.properties.heartbeat.interval.ms=200", // a rebalance is noticed with the next one
            // what a test sends arrives, and once, however busy the machine is
            "spring.kafka.producer.properties.max.block.ms=120000",
            "spring.kafka.producer.properties.delivery.timeout.ms=120000"
        })
@ContextConfiguration(initializers = TestServersInitializer.class)
public @interface IntegrationTest {}
