package broadsheet.web.problem;

import java.time.Duration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.json.JsonMapper;

/** Problem details for every service; present because the module is on the class path. */
@AutoConfiguration
@Import(ProblemDetailsAdvice.class)
class ProblemConfiguration {

    @Bean
    ProblemWriter problemWriter(JsonMapper json) {
        return new ProblemWriter(json);
    }

    @Bean
    DroppedErrors droppedErrors() {
        return new DroppedErrors(Duration.ofMinutes(1));
    }
}
