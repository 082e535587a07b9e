package broadsheet.notification;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.web.reactive.ReactiveOAuth2ResourceServerWebSecurityAutoConfiguration;

/** Tells readers what was published, as it happens. */
@SpringBootApplication(
        proxyBeanMethods = false,
        // its condition asks for chains of servlets, so it would deny whatever has no chain of ours, health included
        exclude = ReactiveOAuth2ResourceServerWebSecurityAutoConfiguration.class)
@ConfigurationPropertiesScan
public class NotificationService {

    public static void main(String[] arguments) {
        new SpringApplicationBuilder(NotificationService.class)
                .properties("spring.config.name=broadsheet,notification-service")
                .run(arguments);
    }
}
