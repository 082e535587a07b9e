package broadsheet.web.openapi;

import static org.springframework.http.HttpMethod.GET;

import broadsheet.web.access.AllowedCalls;
import broadsheet.web.access.PathsMatcher;
import broadsheet.web.access.StaffAccess;
import java.io.IOException;
import org.springdoc.core.configuration.SpringDocConfiguration;
import org.springdoc.core.customizers.SpringDocCustomizers;
import org.springdoc.core.properties.SpringDocConfigProperties;
import org.springdoc.core.providers.SpringDocProviders;
import org.springdoc.core.service.AbstractRequestService;
import org.springdoc.core.service.GenericResponseService;
import org.springdoc.core.service.OpenAPIService;
import org.springdoc.core.service.OperationService;
import org.springdoc.webflux.core.configuration.SpringDocWebFluxConfiguration;
import org.springframework.beans.factory.ObjectFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import tools.jackson.databind.json.JsonMapper;

/** The description of every service; present because the module is on the class path. */
@AutoConfiguration(after = {SpringDocConfiguration.class, SpringDocWebFluxConfiguration.class}) // in this order
class OpenApiConfiguration {

    /** Its own scripts and styles, and the pictures that the styles contain; calls of this origin. */
    private static final String PAGE_MAY = "default-src 'none'; script-src 'self'; style-src 'self'; "
            + "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    @Bean
    OpenApiController openApiController(
            ObjectFactory<OpenAPIService> builders,
            AbstractRequestService requests,
            GenericResponseService responses,
            OperationService operations,
            SpringDocConfigProperties properties,
            SpringDocProviders providers,
            SpringDocCustomizers customizers,
            StaffAccess staff,
            JsonMapper json,
            Environment environment) {
        var controllers =
                new ControllerReader(builders, requests, responses, operations, properties, providers, customizers);
        return new OpenApiController(new ApiDocument(
                controllers, staff, json, environment.getProperty("spring.application.name", "broadsheet")));
    }

    @Bean
    DocsPage docsPage() throws IOException {
        return new DocsPage();
    }

    @Bean
    @Order(30)
    SecurityWebFilterChain openApiSecurityChain(ServerHttpSecurity http, StaffAccess staff) {
        return staff.chain(
                http.securityMatcher(new PathsMatcher("/api/openapi", "/api/docs/**"))
                        .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(PAGE_MAY))),
                new AllowedCalls()
                        .toAnyone(GET, "/api/openapi", "/api/docs", "/api/docs/docs.css", "/api/docs/docs.js")
                        .toAnyone(GET, "/api/docs/swagger-ui.css", "/api/docs/swagger-ui-bundle.js"));
    }
}
