package broadsheet.article.sending;

import broadsheet.events.Topics;
import broadsheet.kafka.TopicSetting;
import org.apache.kafka.common.config.TopicConfig;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** When Kafka forces views to disk. */
@Configuration(proxyBeanMethods = false)
class SendingConfiguration {

    private static final String NEVER = Long.toString(Long.MAX_VALUE); // Kafka's default

    @Bean
    TopicSetting viewsFlush(SendingProperties properties) {
        return new TopicSetting(
                Topics.VIEWS, TopicConfig.FLUSH_MESSAGES_INTERVAL_CONFIG, properties.flush() ? "1" : NEVER);
    }
}
