package broadsheet.article.hits;

import broadsheet.events.Topic;
import broadsheet.kafka.WholeTopicReader;
import broadsheet.kafka.WholeTopicReaders;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class HitsConfiguration {

    @Bean
    WholeTopicReader hitsReader(WholeTopicReaders readers, HitsListener listener) {
        return readers.of(Topic.HITS, listener);
    }
}
