package broadsheet.standalone;

import broadsheet.testservers.TestServersInitializer;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.ContextConfiguration;

/** The three services in one application, which all tests with this annotation share. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        classes = Standalone.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.name=broadsheet,article-service,stats-service,notification-service,standalone",
            "broadsheet.accounts.admin-password=" + StandaloneTest.PASSWORD,
            "broadsheet.accounts.password-cost=4",
            "broadsheet.views.spool=target/spools/${random.uuid}",
            "broadsheet.search.folder=target/searches/${random.uuid}",
            "management.defaults.metrics.export.enabled=true",
        })
@ContextConfiguration(initializers = TestServersInitializer.class)
@interface StandaloneTest {

    /** Of the account {@code admin}. */
    String PASSWORD = "correct horse battery";
}
