package broadsheet.article;

import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.HEAD;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.http.HttpMethod.PUT;

import broadsheet.events.Topic;
import broadsheet.web.access.StaffAccess;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.header.ReferrerPolicyServerHttpHeadersWriter.ReferrerPolicy;

@Configuration(proxyBeanMethods = false)
class ArticleConfiguration {

    private static final short REPLICATION = -1; // the broker's default

    /** Our own scripts, styles and answers, pictures from anywhere safe; nothing else, and in nobody's frame. */
    private static final String PAGES_MAY =
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
                    + "img-src 'self' https:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    @Bean
    KafkaAdmin.NewTopics articleTopics() {
        return new KafkaAdmin.NewTopics(
                Topic.ARTICLES.newTopic(REPLICATION),
                Topic.VIEWS.newTopic(REPLICATION),
                Topic.HITS.newTopic(REPLICATION));
    }

    /** Last, since it also answers for what no other service claims. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    SecurityWebFilterChain articleSecurity(ServerHttpSecurity http, StaffAccess staff) {
        return staff.configure(http)
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(PAGES_MAY))
                        .referrerPolicy(policy -> policy.policy(ReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN)))
                .authorizeExchange(requests -> requests.pathMatchers(POST, "/api/session", "/api/articles/*/views")
                        .permitAll()
                        .pathMatchers("/api/session/**")
                        .authenticated()
                        .pathMatchers("/api/accounts/**")
                        .hasRole("ADMIN")
                        .pathMatchers(GET, "/api/articles/*/transitions")
                        .authenticated()
                        .pathMatchers(POST, "/api/articles/**")
                        .hasRole("AUTHOR")
                        .pathMatchers(PUT, "/api/articles/**")
                        .hasRole("AUTHOR")
                        .pathMatchers(POST, "/api/categories/**")
                        .hasRole("EDITOR")
                        .pathMatchers(PUT, "/api/categories/**")
                        .hasRole("EDITOR")
                        .pathMatchers(DELETE, "/api/categories/**")
                        .hasRole("EDITOR")
                        .pathMatchers(GET)
                        .permitAll()
                        .pathMatchers(HEAD)
                        .permitAll()
                        .anyExchange()
                        .authenticated())
                .build();
    }
}
