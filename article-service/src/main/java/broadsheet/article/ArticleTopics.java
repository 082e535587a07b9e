package broadsheet.article;

import broadsheet.events.Topic;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.KafkaAdmin;

/** The topics this service needs, made where they are not there yet. */
@Configuration(proxyBeanMethods = false)
class ArticleTopics {

    private static final short AS_THE_BROKER_SAYS = -1;

    @Bean
    KafkaAdmin.NewTopics articleNewTopics() {
        return new KafkaAdmin.NewTopics(
                Topic.ARTICLES.newTopic(AS_THE_BROKER_SAYS),
                Topic.VIEWS.newTopic(AS_THE_BROKER_SAYS),
                Topic.VIEWS_SPOOLED.newTopic(AS_THE_BROKER_SAYS),
                Topic.HITS.newTopic(AS_THE_BROKER_SAYS),
                Topic.STAFF_SESSIONS.newTopic(AS_THE_BROKER_SAYS));
    }
}
