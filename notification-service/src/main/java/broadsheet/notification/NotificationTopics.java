package broadsheet.notification;

import broadsheet.events.Topic;
import org.apache.kafka.clients.admin.NewTopic;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.KafkaAdmin.NewTopics;

/** The topics this service needs, made where they are not there yet. */
@Configuration(proxyBeanMethods = false)
class NotificationTopics {

    private static final short AS_THE_BROKER_SAYS = -1;

    @Bean
    NewTopics notificationNewTopics(NotificationProperties names) {
        return new NewTopics(
                topic(Topic.ARTICLES, names.topic()),
                topic(Topic.MILESTONES, names.milestonesTopic()),
                topic(Topic.ALERTS, names.alertsTopic()));
    }

    private static NewTopic topic(Topic like, String name) {
        return new NewTopic(name, like.partitions(), AS_THE_BROKER_SAYS)
                .configs(like.newTopic(AS_THE_BROKER_SAYS).configs());
    }
}
