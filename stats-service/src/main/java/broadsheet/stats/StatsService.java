package broadsheet.stats;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.web.reactive.ReactiveOAuth2ResourceServerWebSecurityAutoConfiguration;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;

/** Counts what is read; its settings are in {@code stats-service.yml}. */
@SpringBootApplication(
        proxyBeanMethods = false,
        nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class, // lies beside other services in one context
        // its condition asks for chains of servlets, so it would deny whatever has no chain of ours, health included
        exclude = ReactiveOAuth2ResourceServerWebSecurityAutoConfiguration.class)
@ConfigurationPropertiesScan
public class StatsService {

    public static void main(String[] arguments) {
        new SpringApplicationBuilder(StatsService.class)
                .properties("spring.config.name=broadsheet,stats-service")
                .run(arguments);
    }
}
