package broadsheet.notification.stream;

import broadsheet.events.Topic;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The topic as it is now: made where it is not there, since whoever starts first makes it. */
record ArticlesTopic(Uuid id, List<TopicPartition> partitions) {

    private static final long SECONDS = 10;
    private static final short AS_THE_BROKER_SAYS = -1;

    static ArticlesTopic of(Admin admin, String name) {
        try {
            return get(described(admin, name));
        } catch (UnknownTopicOrPartitionException e) {
            create(admin, name);
            return get(described(admin, name));
        }
    }

    /** The same later on: completed by Kafka's own thread, with an error where there is no such topic. */
    static KafkaFuture<ArticlesTopic> described(Admin admin, String name) {
        return admin.describeTopics(List.of(name))
                .allTopicNames()
                .thenApply(topics -> topics.values().stream()
                        .map(ArticlesTopic::of)
                        .findFirst()
                        .orElseThrow());
    }

    private static ArticlesTopic of(TopicDescription topic) {
        return new ArticlesTopic(
                topic.topicId(),
                topic.partitions().stream()
                        .map(partition -> new TopicPartition(topic.name(), partition.partition()))
                        .toList());
    }

    private static void create(Admin admin, String name) {
        NewTopic articles = Topic.ARTICLES.newTopic(AS_THE_BROKER_SAYS);
        Map<String, String> configuration = articles.configs() == null ? Map.of() : articles.configs();
        try {
            get(admin.createTopics(List.of(
                            new NewTopic(name, articles.numPartitions(), AS_THE_BROKER_SAYS).configs(configuration)))
                    .all());
        } catch (TopicExistsException e) {
            // another service was quicker
        }
    }

    static <T> T get(KafkaFuture<T> answer) {
        try {
            return answer.get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new KafkaException(e);
        } catch (TimeoutException e) {
            throw new KafkaException("Kafka did not answer within " + SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException(e);
        }
    }
}
