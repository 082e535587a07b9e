package broadsheet.kafka;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.ConsumerFactory;

/**
 * Reads a whole topic on every instance, without a consumer group. It waits for a Kafka that is away, reads partitions
 * that are added later, and begins anew where the topic was deleted and created again or has lost its end.
 */
public final class WholeTopicReader implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(WholeTopicReader.class);

    private final NewTopic topic;
    private final long lastRecords;
    private final WholeTopicListener listener;
    private final ConsumerFactory<?, ?> consumers;
    private final TopicAdmin admin;
    private final KafkaReadingProperties properties;
    private final ScheduledExecutorService checks;
    private final ReadingOutages outages;
    private final Counter skipped;
    private final ObservationRegistry observations;

    /** Not the reader itself: a consumer that ends asks for a check while it is waited for. */
    private final Object checkLock = new Object();

    private volatile boolean running;
    private volatile @Nullable TopicPartitionsReader assigned;
    private @Nullable ScheduledFuture<?> nextCheck;

    WholeTopicReader(
            NewTopic topic,
            long lastRecords,
            WholeTopicListener listener,
            ConsumerFactory<?, ?> consumers,
            TopicAdmin admin,
            KafkaReadingProperties properties,
            ScheduledExecutorService checks,
            ReadingOutages outages,
            MeterRegistry meters,
            ObservationRegistry observations) {
        this.topic = topic;
        this.lastRecords = lastRecords;
        this.listener = listener;
        this.consumers = consumers;
        this.admin = admin;
        this.properties = properties;
        this.checks = checks;
        this.outages = outages;
        this.skipped = Counter.builder("broadsheet.kafka.skipped")
                .description("Records that could not be read")
                .tag("topic", topic.name())
                .register(meters);
        this.observations = observations;
    }

    /** Whether the topic has been read to where it ended when reading began. */
    public boolean isCaughtUp() {
        TopicPartitionsReader now = assigned;
        return now != null && now.isCaughtUp();
    }

    @Override
    public synchronized void start() {
        running = true;
        checkIn(Duration.ZERO);
    }

    /** A record that the listener has been given is finished first. */
    @Override
    public synchronized void stop() {
        running = false;
        TopicPartitionsReader now = assigned;
        if (now != null) {
            now.stop();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void checkIn(Duration pause) {
        synchronized (checkLock) {
            if (nextCheck != null) {
                nextCheck.cancel(false);
            }
            if (running) {
                nextCheck = checks.schedule(this::check, pause.toMillis(), TimeUnit.MILLISECONDS);
            }
        }
    }

    private void check() {
        try {
            follow(admin.describedOrCreated(topic));
            outages.answered(topic.name());
            checkIn(properties.topicCheck());
        } catch (RuntimeException e) {
            outages.failed(topic.name(), e);
            checkIn(properties.retry());
        }
    }

    private void follow(TopicDescription now) {
        var partitions = now.partitions().stream()
                .map(partition -> new TopicPartition(topic.name(), partition.partition()))
                .toList();
        TopicPartitionsReader before = assigned;
        if (before != null && before.isReading(now.topicId(), partitions)) {
            return;
        }
        if (before != null) {
            before.stop(); // first: what it read after its ends were taken would look like a log that was cut off
        }
        var starts = admin.offsets(partitions, OffsetSpec.earliest());
        var ends = admin.offsets(partitions, OffsetSpec.latest());
        synchronized (this) {
            if (!running) {
                return;
            }
            var next = before != null && before.canGoOn(now.topicId(), ends)
                    ? before.goOn(starts)
                    : beginning(now.topicId(), partitions, starts, ends);
            assigned = next;
            next.start(consumers);
        }
    }

    private TopicPartitionsReader beginning(
            Uuid topicId,
            List<TopicPartition> partitions,
            Map<TopicPartition, Long> starts,
            Map<TopicPartition, Long> ends) {
        long each = Math.max(1, lastRecords / partitions.size());
        var first = new HashMap<TopicPartition, Long>();
        ends.forEach(
                (partition, end) -> first.put(partition, Math.max(starts.getOrDefault(partition, 0L), end - each)));
        var offsets = new HashMap<Integer, Long>();
        first.forEach((partition, offset) -> offsets.put(partition.partition(), offset));
        listener.onBeginning(new TopicBeginning(topicId, offsets, first.equals(starts)));
        log.info("Reading {} of {} partitions, id {}", topic.name(), partitions.size(), topicId);
        return new TopicPartitionsReader(
                topicId,
                first,
                ends,
                new RecordDispatcher(listener, skipped, observations),
                () -> checkIn(Duration.ZERO));
    }
}
