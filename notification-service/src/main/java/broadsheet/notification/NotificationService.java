package broadsheet.notification;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Tells readers what was published, as it happens. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public class NotificationService {

    public static void main(String[] args) {
        System.setProperty("spring.config.name", "notification-service");
        SpringApplication.run(NotificationService.class, args);
    }
}
