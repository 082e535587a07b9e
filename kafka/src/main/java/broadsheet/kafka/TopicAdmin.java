package broadsheet.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** Asks Kafka about topics, with a time limit; one connection for all readers. Not thread-safe. */
final class TopicAdmin implements AutoCloseable {

    private static final Duration TIME_LIMIT = Duration.ofSeconds(10);

    private final Map<String, Object> configuration;
    private @Nullable Admin admin;

    TopicAdmin(Map<String, Object> configuration) {
        this.configuration = Map.copyOf(configuration);
    }

    /** The topic as it is now; created where there is none, since the service that starts first creates it. */
    TopicDescription describedOrCreated(NewTopic topic) {
        try {
            return described(topic.name());
        } catch (UnknownTopicOrPartitionException e) {
            create(topic);
            return described(topic.name());
        }
    }

    private TopicDescription described(String name) {
        return answer(admin().describeTopics(List.of(name)).topicNameValues().get(name));
    }

    private void create(NewTopic topic) {
        try {
            answer(admin().createTopics(List.of(topic)).all());
        } catch (TopicExistsException e) {
            // another service was quicker
        }
    }

    void change(Map<ConfigResource, Collection<AlterConfigOp>> changes) {
        answer(admin().incrementalAlterConfigs(changes).all());
    }

    Map<TopicPartition, Long> offsets(List<TopicPartition> partitions, OffsetSpec which) {
        var offsets = new HashMap<TopicPartition, Long>();
        answer(admin().listOffsets(partitions.stream().collect(Collectors.toMap(Function.identity(), p -> which)))
                        .all())
                .forEach((partition, found) -> offsets.put(partition, found.offset()));
        return offsets;
    }

    private Admin admin() {
        if (admin == null) {
            admin = Admin.create(configuration);
        }
        return admin;
    }

    private static <T> T answer(@Nullable KafkaFuture<T> question) {
        if (question == null) {
            throw new KafkaException("Kafka has not been asked");
        }
        try {
            return question.get(TIME_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new KafkaException(e);
        } catch (TimeoutException e) {
            throw new KafkaException("Kafka did not answer within " + TIME_LIMIT.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException(e);
        }
    }

    @Override
    public void close() {
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }
}
