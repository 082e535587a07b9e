package broadsheet.testservers.openapi;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;

/** In the tests of every service: the build sets the property, for the JVM of tests alone. */
@AutoConfiguration
@ConditionalOnClass(name = "broadsheet.web.openapi.OpenApiController")
@ConditionalOnProperty("broadsheet.check-answers")
class AnswerCheckConfiguration {

    @Bean
    AnswerCheck answerCheck(ApplicationContext context) {
        return new AnswerCheck(context);
    }
}
