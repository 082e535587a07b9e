package broadsheet.standalone;

import broadsheet.article.ArticleService;
import broadsheet.notification.NotificationService;
import broadsheet.standalone.command.Commands;
import broadsheet.stats.StatsService;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Import;

/** The three services in one process, on one port, over an embedded Kafka broker and an embedded document store. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({ArticleService.class, StatsService.class, NotificationService.class, ReadyMessage.class})
public class Standalone {

    public static void main(String[] arguments) {
        if (Commands.isOne(arguments)) {
            System.exit(Commands.run(arguments));
        }
        try {
            new SpringApplicationBuilder(Standalone.class)
                    .properties(
                            "spring.config.name=broadsheet,article-service,stats-service,notification-service,standalone")
                    .initializers(new EmbeddedServers())
                    .run(arguments);
        } catch (RuntimeException e) {
            System.exit(1); // the cause has been logged
        }
    }
}
