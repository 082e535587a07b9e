package broadsheet.stats;

import static org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers.pathMatchers;

import broadsheet.web.access.StaffAccess;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;

/** Anyone may see hits and rankings; everything else is for operators. */
@Configuration(proxyBeanMethods = false)
class StatsSecurity {

    private static final String[] PUBLIC_CALLS = {"/api/stats/hits", "/api/stats/top"};

    @Bean
    @Order(10)
    SecurityWebFilterChain statsSecurityChain(ServerHttpSecurity http, StaffAccess staff) {
        return staff.configure(http.securityMatcher(pathMatchers("/api/stats/**", "/stats/**")))
                .authorizeExchange(calls -> calls.pathMatchers(HttpMethod.GET, PUBLIC_CALLS)
                        .permitAll()
                        .pathMatchers(HttpMethod.HEAD, PUBLIC_CALLS)
                        .permitAll()
                        .anyExchange()
                        .hasRole("OPERATOR"))
                .build();
    }
}
