package broadsheet.article.sending;

import broadsheet.events.Topics;
import broadsheet.kafka.TopicSetting;
import org.apache.kafka.common.config.TopicConfig;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** When Kafka forces views to disk, and how much it keeps of what spools have told. */
@Configuration(proxyBeanMethods = false)
class SendingConfiguration {

    private static final String NEVER = Long.toString(Long.MAX_VALUE); // Kafka's default
    private static final String ONE_MEGABYTE = Integer.toString(1 << 20); // Kafka's least

    @Bean
    TopicSetting viewsFlush(SendingProperties properties) {
        return new TopicSetting(
                Topics.VIEWS, TopicConfig.FLUSH_MESSAGES_INTERVAL_CONFIG, properties.flush() ? "1" : NEVER);
    }

    /** Kafka forgets what was told before only in segments that are full. */
    @Bean
    TopicSetting viewsSpooledSegments() {
        return new TopicSetting(Topics.VIEWS_SPOOLED, TopicConfig.SEGMENT_BYTES_CONFIG, ONE_MEGABYTE);
    }
}
