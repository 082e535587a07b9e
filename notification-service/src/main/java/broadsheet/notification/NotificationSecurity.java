package broadsheet.notification;

import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.http.HttpMethod.PUT;

import broadsheet.web.access.AllowedCalls;
import broadsheet.web.access.PathsMatcher;
import broadsheet.web.access.StaffAccess;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;

/** Notifications are for anyone; what has no rule yet is for nobody. In standalone the chain comes before the site's. */
@Configuration(proxyBeanMethods = false)
class NotificationSecurity {

    /** Whoever holds a subscription's token manages it, so {@code Authorization} is not that of staff here. */
    @Bean
    @Order(19)
    SecurityWebFilterChain subscriptionSecurityChain(ServerHttpSecurity http, StaffAccess staff) {
        return staff.chainWithoutStaff(
                http.securityMatcher(new PathsMatcher("/api/subscriptions/**", "/subscriptions/**", "/unsubscribe/**")),
                new AllowedCalls()
                        .toAnyone(POST, "/api/subscriptions", "/api/subscriptions/preview")
                        .toAnyone(GET, "/api/subscriptions/{id}", "/api/subscriptions/{id}/deliveries")
                        .toAnyone(PUT, "/api/subscriptions/{id}")
                        .toAnyone(DELETE, "/api/subscriptions/{id}")
                        .toAnyone(POST, "/api/subscriptions/{id}/test", "/api/subscriptions/{id}/redelivery")
                        .toAnyone(POST, "/api/subscriptions/{id}/secret")
                        .toAnyone(GET, "/subscriptions/confirm/{token}", "/unsubscribe/{token}")
                        .toAnyone(POST, "/subscriptions/confirm/{token}", "/unsubscribe/{token}"));
    }

    @Bean
    @Order(20)
    SecurityWebFilterChain notificationSecurityChain(ServerHttpSecurity http, StaffAccess staff) {
        return staff.chain(
                http.securityMatcher(new PathsMatcher("/api/notifications/**", "/api/deliveries/**", "/api/asyncapi")),
                new AllowedCalls()
                        .toAnyone(GET, "/api/notifications", "/api/notifications/stream", "/api/asyncapi")
                        .toRole(
                                "OPERATOR",
                                GET,
                                "/api/deliveries",
                                "/api/deliveries/ledger",
                                "/api/deliveries/explanations")
                        .toRole("OPERATOR", POST, "/api/deliveries/bounces"));
    }
}
