package broadsheet.article.account.oidc;

import broadsheet.article.account.IssuerAccounts;
import broadsheet.article.account.OidcProperties;
import broadsheet.article.account.SessionStart;
import broadsheet.article.session.SessionProperties;
import broadsheet.web.access.AllowedCalls;
import broadsheet.web.access.PathsMatcher;
import broadsheet.web.access.StaffAccess;
import broadsheet.web.problem.ProblemWriter;
import java.time.InstantSource;
import java.util.Map;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.oauth2.client.endpoint.WebClientReactiveAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcReactiveOAuth2UserService;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ReactiveClientRegistrationRepository;
import org.springframework.security.oauth2.client.userinfo.DefaultReactiveOAuth2UserService;
import org.springframework.security.oauth2.client.userinfo.ReactiveOAuth2UserService;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.client.web.server.DefaultServerOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoderFactory;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher.MatchResult;

/** {@code GET /login} leads to the issuer and back (authorization code with PKCE and a nonce), where settings name one. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnExpression("!'${broadsheet.oidc.issuer:}'.isBlank()")
class OidcConfiguration {

    private static final String BEGIN = "/login";
    private static final String BACK = "/login/callback";

    @Bean
    @Order(900) // before the site's own
    SecurityWebFilterChain oidcSecurityChain(
            ServerHttpSecurity http,
            StaffAccess staff,
            OidcProperties properties,
            SessionProperties session,
            OidcSignIn signIn,
            IssuerOutage outage,
            Environment settings) {
        var registrations = new IssuerRegistration(properties, baseUrl(settings) + BACK, IssuerClient.create());
        http.securityMatcher(new PathsMatcher(BEGIN, BACK))
                .addFilterAfter(outage::guard, SecurityWebFiltersOrder.HTTP_HEADERS_WRITER)
                .oauth2Login(login -> login.clientRegistrationRepository(registrations)
                        .authorizedClientRepository(new NoAuthorizedClients())
                        .authorizationRequestResolver(begin(registrations))
                        .authorizationRequestRepository(new LoginRequestCookie(registrations, session.secureCookie()))
                        .authenticationMatcher(new PathsMatcher(BACK))
                        .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
                        .authenticationSuccessHandler(signIn)
                        .authenticationFailureHandler(signIn));
        return staff.chainWithoutStaff(http, new AllowedCalls());
    }

    @Bean
    OidcSignIn oidcSignIn(
            OidcProperties properties,
            IssuerAccounts accounts,
            SessionStart sessions,
            ProblemWriter problems,
            IssuerOutage outage) {
        return new OidcSignIn(properties, accounts, sessions, problems, outage);
    }

    @Bean
    IssuerOutage issuerOutage(ProblemWriter problems, InstantSource clock) {
        return new IssuerOutage(problems, clock);
    }

    /** Found by Spring Security by its type. */
    @Bean
    WebClientReactiveAuthorizationCodeTokenResponseClient oidcTokenResponses() {
        var responses = new WebClientReactiveAuthorizationCodeTokenResponseClient();
        responses.setWebClient(IssuerClient.create());
        return responses;
    }

    /** Found by its type, too. */
    @Bean
    ReactiveJwtDecoderFactory<ClientRegistration> oidcTokens() {
        return new IssuerTokens(IssuerClient.create());
    }

    /** Found by its type, too: asks for claims that are not in the token. */
    @Bean
    ReactiveOAuth2UserService<OidcUserRequest, OidcUser> oidcUsers() {
        var asking = new DefaultReactiveOAuth2UserService();
        asking.setWebClient(IssuerClient.create());
        var users = new OidcReactiveOAuth2UserService();
        users.setOauth2UserService(asking);
        return users;
    }

    private static DefaultServerOAuth2AuthorizationRequestResolver begin(
            ReactiveClientRegistrationRepository registrations) {
        var path = new PathsMatcher(BEGIN);
        var resolver = new DefaultServerOAuth2AuthorizationRequestResolver(
                registrations,
                exchange -> path.matches(exchange)
                        .filter(MatchResult::isMatch)
                        .flatMap(found -> MatchResult.match(Map.of("registrationId", IssuerRegistration.ID)))
                        .switchIfEmpty(MatchResult.notMatch()));
        resolver.setAuthorizationRequestCustomizer(OAuth2AuthorizationRequestCustomizers.withPkce());
        return resolver;
    }

    private static String baseUrl(Environment settings) {
        String baseUrl = settings.getProperty("broadsheet.site.base-url", "");
        if (baseUrl.isBlank()) {
            throw new IllegalArgumentException("BROADSHEET_OIDC_ISSUER needs BROADSHEET_BASE_URL, to come back to");
        }
        return baseUrl.replaceAll("/$", "");
    }
}
