package broadsheet.article;

import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.http.HttpMethod.PUT;

import broadsheet.web.access.AllowedCalls;
import broadsheet.web.access.SecurityHeaders;
import broadsheet.web.access.StaffAccess;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.header.ReferrerPolicyServerHttpHeadersWriter.ReferrerPolicy;

/** Anyone may read what is published; the newsroom is for staff, by role. */
@Configuration(proxyBeanMethods = false)
class ArticleSecurity {

    /** Our own scripts, styles and answers, pictures from anywhere safe; nothing else, and in nobody's frame. */
    private static final String PAGES_MAY =
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
                    + "img-src 'self' https:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private static final ReferrerPolicy REFERRER = ReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN;

    /** Last but for what nobody claims: it also answers for the site's root. */
    @Bean
    @Order(1_000)
    SecurityWebFilterChain articleSecurityChain(ServerHttpSecurity http, StaffAccess staff) {
        return staff.chain(
                http.headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(PAGES_MAY))
                        .referrerPolicy(policy -> policy.policy(REFERRER))),
                new AllowedCalls()
                        .toAnyone(GET, "/", "/news/{category}", "/news/{category}/{slug}", "/site/*")
                        .toAnyone(GET, "/feed.xml", "/news/{category}/feed.xml", "/tag/{tag}/feed.xml")
                        .toAnyone(GET, "/atom.xml", "/news/{category}/atom.xml", "/tag/{tag}/atom.xml")
                        .toAnyone(GET, "/feed.json", "/news/{category}/feed.json", "/tag/{tag}/feed.json")
                        .toAnyone(GET, "/sitemap.xml", "/sitemap-pages.xml", "/sitemap-{name}.xml")
                        .toAnyone(GET, "/news-sitemap.xml", "/robots.txt", "/oembed")
                        .toAnyone(GET, "/api/articles", "/api/articles/{id}", "/api/articles/slug/{slug}")
                        .toAnyone(GET, "/api/articles/{id}/related", "/api/articles/{id}/adjacent")
                        .toAnyone(GET, "/api/categories", "/api/categories/{slug}")
                        .toAnyone(GET, "/media/{id}/{file}")
                        .toAnyone(POST, "/api/articles/{id}/views", "/api/session")
                        .toStaff(GET, "/api/session", "/api/articles/{id}/transitions", "/api/schedule")
                        .toSessions(DELETE, "/api/session", "/api/tokens/{id}")
                        .toSessions(PUT, "/api/session/password", "/api/session/totp")
                        .toSessions(GET, "/api/tokens", "/api/session/totp")
                        .toSessions(POST, "/api/tokens", "/api/session/totp", "/api/session/totp/removal")
                        .toRole("ADMIN", DELETE, "/api/accounts/{username}/totp", "/api/accounts/{username}/identity")
                        .toStaff(GET, "/api/articles/{id}/revisions", "/api/articles/{id}/revisions/{number}")
                        .toStaff(GET, "/api/articles/{id}/revisions/{number}/difference")
                        .toStaff(GET, "/api/articles/{id}/conflicts", "/api/articles/{id}/conflicts/{conflict}")
                        .toStaff(GET, "/api/articles/{id}/lock")
                        .toRole("AUTHOR", POST, "/api/articles/{id}/revisions/{number}/restoration")
                        .toRole("AUTHOR", DELETE, "/api/articles/{id}/conflicts/{conflict}", "/api/articles/{id}/lock")
                        .toRole("AUTHOR", PUT, "/api/articles/{id}/lock", "/api/articles/{id}/slug")
                        .toRole("AUTHOR", POST, "/api/articles", "/api/articles/{id}/transitions")
                        .toRole("AUTHOR", PUT, "/api/articles/{id}")
                        .toStaff(GET, "/api/media", "/api/media/{id}")
                        .toRole("AUTHOR", POST, "/api/media")
                        .toRole("AUTHOR", PUT, "/api/media/{id}")
                        .toRole("AUTHOR", DELETE, "/api/media/{id}")
                        .toRole("EDITOR", POST, "/api/categories")
                        .toRole("EDITOR", PUT, "/api/categories/{slug}")
                        .toRole("EDITOR", DELETE, "/api/categories/{slug}")
                        .toRole("EDITOR", POST, "/api/imports")
                        .toRole(
                                "EDITOR",
                                GET,
                                "/api/imports",
                                "/api/imports/{id}",
                                "/api/imports/{id}/refused",
                                "/api/imports/{id}/notes")
                        .toRole("EDITOR", DELETE, "/api/imports/{id}")
                        .toRole("EDITOR", GET, "/api/exports/articles.ndjson")
                        .toRole("ADMIN", DELETE, "/api/sessions")
                        .toRole("ADMIN", GET, "/api/audit")
                        .toRole("ADMIN", GET, "/api/accounts", "/api/accounts/{username}")
                        .toRole("ADMIN", POST, "/api/accounts")
                        .toRole("ADMIN", PUT, "/api/accounts/{username}"));
    }

    /** What the chain sets on every answer. */
    @Bean
    SecurityHeaders articleSecurityHeaders() {
        return SecurityHeaders.STANDARD
                .with("Content-Security-Policy", PAGES_MAY)
                .with("Referrer-Policy", REFERRER.getPolicy());
    }
}
