package broadsheet.notification;

import static org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers.pathMatchers;

import broadsheet.web.access.StaffAccess;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;

/** Notifications are for anyone; what has no rule yet is for nobody. */
@Configuration(proxyBeanMethods = false)
class NotificationSecurity {

    @Bean
    SecurityWebFilterChain notificationSecurityChain(ServerHttpSecurity http, StaffAccess staff) {
        return staff.configure(http.securityMatcher(
                        pathMatchers("/api/notifications/**", "/api/subscriptions/**", "/api/deliveries/**")))
                .authorizeExchange(exchange -> exchange.pathMatchers(HttpMethod.GET, "/api/notifications/**")
                        .permitAll()
                        .anyExchange()
                        .denyAll())
                .build();
    }
}
