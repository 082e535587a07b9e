package broadsheet.notification.event;

import broadsheet.events.Topic;
import broadsheet.kafka.WholeTopicReader;
import broadsheet.kafka.WholeTopicReaders;
import broadsheet.notification.NotificationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

@Configuration(proxyBeanMethods = false)
class EventConfiguration {

    /** A search for keywords reads the texts of all that is kept, longer than an event loop may be held up. */
    @Bean(destroyMethod = "dispose")
    Scheduler notificationSearch() {
        return Schedulers.newSingle("notification-search", true);
    }

    @Bean
    WholeTopicReader articlesReader(
            WholeTopicReaders readers, HistoryTopicListener listener, NotificationProperties properties) {
        return readers.ofLast(properties.stream().readBack(), Topic.ARTICLES, properties.topic(), listener);
    }
}
