package broadsheet.stats.kafka;

import broadsheet.events.Topic;
import broadsheet.events.Topics;
import broadsheet.stats.StatsProperties;
import broadsheet.stats.milestone.MilestoneProperties;
import org.apache.kafka.clients.admin.NewTopic;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.KafkaAdmin.NewTopics;

/** The topics this service needs, made where they are not there yet. */
@Configuration(proxyBeanMethods = false)
class StatsTopics {

    private static final short AS_THE_BROKER_SAYS = -1;

    @Bean
    NewTopics statsNewTopics(StatsProperties names, MilestoneProperties milestones) {
        return new NewTopics(
                topic(Topic.VIEWS, names.viewsTopic()),
                topic(Topic.VIEWS_DEAD_LETTERS, names.viewsTopic() + Topics.DEAD_LETTERS),
                topic(Topic.ARTICLES, names.articlesTopic()),
                topic(Topic.ARTICLES_DEAD_LETTERS, names.articlesTopic() + Topics.DEAD_LETTERS),
                topic(Topic.HITS, names.hitsTopic()),
                topic(Topic.MILESTONES, milestones.topic()),
                topic(Topic.ALERTS, Topics.ALERTS),
                topic(Topic.ALERTS_DEAD_LETTERS, Topics.ALERTS + Topics.DEAD_LETTERS));
    }

    private static NewTopic topic(Topic like, String name) {
        return new NewTopic(name, like.partitions(), AS_THE_BROKER_SAYS)
                .configs(like.newTopic(AS_THE_BROKER_SAYS).configs());
    }
}
