package broadsheet.web.connection;

import broadsheet.web.SmallService;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

/** A test of a service behind a proxy, with limits that are short enough to wait for. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        classes = SmallService.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.name=broadsheet",
            "BROADSHEET_BEHIND_PROXY=true",
            "broadsheet.connections.max=20",
            "broadsheet.connections.idle=3s",
            "broadsheet.connections.header=400ms",
            "broadsheet.connections.body=1s",
            "broadsheet.connections.body-pause=300ms",
            "broadsheet.connections.stalled-answer=2s",
        })
@Import(LongAnswers.class)
@interface ConnectionTest {}
