package broadsheet.article;

import broadsheet.testservers.TestServersInitializer;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.test.context.ContextConfiguration;

/** A test of the whole service over HTTP, on real servers. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        classes = ArticleService.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.name=broadsheet,article-service",
            "broadsheet.accounts.admin-password=" + NewsroomClient.PASSWORD,
            "broadsheet.accounts.password-cost=4",
            "broadsheet.sign-in.first-wait=1m", // so that a slow machine does not wait it out
            "broadsheet.sign-in.hashing-threads=1",
            "broadsheet.site.base-url=https://news.example",
            "broadsheet.views.spool=target/spools/${random.uuid}",
            "broadsheet.imports.pictures.allow=127.0.0.1/32",
            "broadsheet.search.folder=target/searches/${random.uuid}"
        })
@AutoConfigureWebTestClient(timeout = "30s")
@ContextConfiguration(initializers = TestServersInitializer.class)
@interface ArticleServiceTest {}
