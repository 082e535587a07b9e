package broadsheet.web;

import java.time.InstantSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.autoconfigure.web.reactive.ReactiveWebSecurityAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import tools.jackson.databind.json.JsonMapper;

/** The beans that every service shares; present because the module is on the class path. */
@AutoConfiguration(before = ReactiveWebSecurityAutoConfiguration.class)
@EnableWebFluxSecurity
@EnableConfigurationProperties(SessionProperties.class)
@Import(Problems.class)
class WebConfiguration {

    @Bean
    @ConditionalOnMissingBean
    InstantSource clock() {
        return InstantSource.system();
    }

    @Bean
    SessionTokens sessionTokens(SessionProperties properties, InstantSource clock) {
        return new SessionTokens(properties, clock);
    }

    @Bean
    ReactiveJwtDecoder sessionTokenDecoder(SessionTokens tokens) {
        return tokens.decoder();
    }

    @Bean
    StaffAccess staffAccess(ReactiveJwtDecoder tokens, JsonMapper json) {
        return new StaffAccess(tokens, new ProblemWriter(json));
    }
}
