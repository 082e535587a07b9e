package broadsheet.notification.event;

import broadsheet.events.Topic;
import broadsheet.kafka.WholeTopicReader;
import broadsheet.kafka.WholeTopicReaders;
import broadsheet.notification.NotificationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class EventConfiguration {

    @Bean
    WholeTopicReader articlesReader(
            WholeTopicReaders readers, ArticlesTopicListener listener, NotificationProperties properties) {
        return readers.ofLast(properties.stream().readBack(), Topic.ARTICLES, properties.topic(), listener);
    }
}
