package broadsheet.web.operations;

import static org.springframework.http.HttpMethod.GET;

import broadsheet.web.access.AllowedCalls;
import broadsheet.web.access.PathsMatcher;
import broadsheet.web.access.StaffAccess;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.reactive.ReactiveWebSecurityAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;

/** Who may ask for health, metrics and the list of parts; present because the module is on the class path. */
@AutoConfiguration(before = ReactiveWebSecurityAutoConfiguration.class)
class OperationsConfiguration {

    /** Whoever reaches the management port may ask: it is for those who run the service. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    SecurityWebFilterChain managementPortChain(ServerHttpSecurity http) {
        return http.securityMatcher(ManagementPort::isWhereItCame)
                .csrf(ServerHttpSecurity.CsrfSpec::disable)
                .authorizeExchange(requests -> requests.anyExchange().permitAll())
                .build();
    }

    /** On the port of the site: health for anyone, the rest for operators. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE + 1)
    SecurityWebFilterChain actuatorChain(ServerHttpSecurity http, StaffAccess staff) {
        return staff.chain(
                http.securityMatcher(new PathsMatcher("/actuator", "/actuator/**")),
                new AllowedCalls()
                        .toAnyone(GET, "/actuator/health", "/actuator/health/**")
                        .toRole("OPERATOR", GET, "/actuator", "/actuator/**"));
    }
}
