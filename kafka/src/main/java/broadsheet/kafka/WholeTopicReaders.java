package broadsheet.kafka;

import broadsheet.events.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.kafka.clients.admin.NewTopic;
import org.springframework.kafka.core.ConsumerFactory;

/** Makes {@link WholeTopicReader}s; each of them should be a bean, so that Spring starts and stops it. */
public final class WholeTopicReaders implements AutoCloseable {

    private static final short AS_THE_BROKER_SAYS = -1;

    private final ConsumerFactory<?, ?> consumers;
    private final TopicAdmin admin;
    private final KafkaReadingProperties properties;
    private final MeterRegistry meters;
    private final ObservationRegistry observations;
    private final ReadingOutages outages = new ReadingOutages();
    private final ScheduledExecutorService checks = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "topic-checks");
        thread.setDaemon(true);
        return thread;
    });

    WholeTopicReaders(
            ConsumerFactory<?, ?> consumers,
            Map<String, Object> adminConfiguration,
            KafkaReadingProperties properties,
            MeterRegistry meters,
            ObservationRegistry observations) {
        this.consumers = consumers;
        this.admin = new TopicAdmin(adminConfiguration);
        this.properties = properties;
        this.meters = meters;
        this.observations = observations;
    }

    /** Reads the topic from its beginning. */
    public WholeTopicReader of(Topic topic, WholeTopicListener listener) {
        return of(topic, topic.topicName(), listener);
    }

    /** The same for a topic of another name; it is created like the given one where there is none. */
    public WholeTopicReader of(Topic like, String name, WholeTopicListener listener) {
        return ofLast(Long.MAX_VALUE, like, name, listener);
    }

    /** The same, but of what is there at the start it reads the last records alone, over all partitions. */
    public WholeTopicReader ofLast(long records, Topic like, String name, WholeTopicListener listener) {
        return ofLast(
                records,
                new NewTopic(name, like.partitions(), AS_THE_BROKER_SAYS)
                        .configs(like.newTopic(AS_THE_BROKER_SAYS).configs()),
                listener);
    }

    /** The same for a topic that is none of the contract's. */
    public WholeTopicReader ofLast(long records, NewTopic topic, WholeTopicListener listener) {
        return new WholeTopicReader(
                topic, records, listener, consumers, admin, properties, checks, outages, meters, observations);
    }

    @Override
    public void close() {
        checks.shutdownNow();
        admin.close();
    }
}
