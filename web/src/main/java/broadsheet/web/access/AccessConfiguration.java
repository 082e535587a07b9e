package broadsheet.web.access;

import broadsheet.web.problem.ProblemWriter;
import java.time.InstantSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.autoconfigure.web.reactive.ReactiveWebSecurityAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;

/** Staff sessions for every service; present because the module is on the class path. */
@AutoConfiguration(before = ReactiveWebSecurityAutoConfiguration.class)
@EnableWebFluxSecurity
@EnableConfigurationProperties(SessionProperties.class)
class AccessConfiguration {

    @Bean
    SessionTokens sessionTokens(SessionProperties properties, InstantSource clock) {
        return new SessionTokens(properties, clock);
    }

    @Bean
    ReactiveJwtDecoder sessionTokenDecoder(SessionTokens tokens) {
        return tokens.decoder();
    }

    @Bean
    StaffAccess staffAccess(ReactiveJwtDecoder tokens, ProblemWriter problems) {
        return new StaffAccess(tokens, problems);
    }
}
