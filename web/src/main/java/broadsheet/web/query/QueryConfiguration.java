package broadsheet.web.query;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebFluxRegistrations;
import org.springframework.context.annotation.Bean;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;

/** Strict query parameters for every service; present because the module is on the class path. */
@AutoConfiguration(before = WebFluxAutoConfiguration.class)
class QueryConfiguration {

    @Bean
    WebFluxRegistrations strictQueryParameters() {
        return new WebFluxRegistrations() {
            @Override
            public RequestMappingHandlerMapping getRequestMappingHandlerMapping() {
                return new StrictQueryHandlerMapping();
            }
        };
    }
}
