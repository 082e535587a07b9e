package broadsheet.stats;

import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;

import broadsheet.web.access.AllowedCalls;
import broadsheet.web.access.PathsMatcher;
import broadsheet.web.access.StaffAccess;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;

/** Anyone may see hits and rankings; everything else is for operators. */
@Configuration(proxyBeanMethods = false)
class StatsSecurity {

    @Bean
    @Order(10)
    SecurityWebFilterChain statsSecurityChain(ServerHttpSecurity http, StaffAccess staff) {
        return staff.chain(
                http.securityMatcher(new PathsMatcher("/api/stats/**", "/stats/**")),
                new AllowedCalls()
                        .toAnyone(GET, "/api/stats/hits", "/api/stats/top", "/api/stats/articles/{id}/badge.svg")
                        .toAnyone(GET, "/api/stats/trending")
                        .toRole("OPERATOR", GET, "/api/stats/**")
                        .toRole("OPERATOR", POST, "/api/stats/reconciliations", "/api/stats/restatements")
                        .toRole(
                                "OPERATOR",
                                POST,
                                "/api/stats/restatements/{id}/approval",
                                "/api/stats/restatements/{id}/reversal")
                        .toRole("OPERATOR", DELETE, "/api/stats/restatements/{id}")
                        .toRole("OPERATOR", POST, "/api/stats/dead-letters/replay")
                        .toRole("OPERATOR", POST, "/api/stats/imports")
                        .toRole("OPERATOR", DELETE, "/api/stats/imports/{id}", "/api/stats/articles/{id}")
                        .toRole("OPERATOR", DELETE, "/api/stats/spools/{spool}"));
    }
}
