package broadsheet.article.sending;

import static java.nio.charset.StandardCharsets.UTF_8;

import broadsheet.events.EncodedEvent;
import broadsheet.events.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * Hands views to Kafka without ever blocking its caller: what the producer needs to know of the topic is asked for in the
 * background, and what it cannot take at once is refused. Each partition fails and recovers for itself.
 */
@Component
class ViewProducer implements DisposableBean {

    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    /** Some hundred views of one partition: with one request on its way, what bounds the views of one article. */
    private static final int BATCH_BYTES = 64 << 10;

    private static final Duration CREATE_EVERY = Duration.ofSeconds(1);
    private static final Duration CLOSE_TIME_LIMIT = Duration.ofSeconds(2);

    private final Supplier<Producer<String, byte[]>> create;
    private final ScheduledExecutorService look = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "view-partitions");
        thread.setDaemon(true);
        return thread;
    });
    private final AtomicInteger recoveries = new AtomicInteger();
    private volatile @Nullable Producer<String, byte[]> producer;
    private volatile ViewPartition[] partitions = {};
    private volatile String whyNot = "Kafka has not answered yet";

    @Autowired
    ViewProducer(ProducerFactory<?, ?> kafka, SendingProperties properties) {
        this(() -> new KafkaProducer<>(settings(kafka.getConfigurationProperties(), properties)));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // it catches what fails, and ends in destroy()
    ViewProducer(Supplier<Producer<String, byte[]>> create) {
        this.create = create;
        look.scheduleWithFixedDelay(this::createProducer, 0, CREATE_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        look.scheduleWithFixedDelay(this::lookAtTopic, 0, LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Completes once Kafka has acknowledged the event. A {@link NotSentException} says that it is surely not in Kafka, any
     * other error that it may be.
     */
    Mono<Void> send(EncodedEvent event) {
        return Mono.defer(() -> {
            ViewPartition partition = partition(event);
            return partition == null || !partition.takesRecords()
                    ? Mono.error(new NotSentException(whyNot))
                    : tryToSend(event, partition);
        });
    }

    /** The same, though the event's partition failed before: it shows whether it still does. */
    Mono<Void> tryToSend(EncodedEvent event, ViewPartition partition) {
        return Mono.<Mono<Void>>create(sink -> send(event, partition, sink)).flatMap(Function.identity());
    }

    /** An event that is no view: its topic fails and recovers for itself. */
    Mono<Void> report(EncodedEvent event) {
        return tryToSend(event, new ViewPartition(0));
    }

    /** The partition of the event; null while Kafka has not told how many there are. */
    @Nullable ViewPartition partition(EncodedEvent event) {
        ViewPartition[] now = partitions;
        return now.length == 0 ? null : now[number(event, now.length)];
    }

    boolean allTakeRecords() {
        ViewPartition[] now = partitions;
        return now.length > 0 && Arrays.stream(now).allMatch(ViewPartition::takesRecords);
    }

    boolean anyMayTakeOne() {
        return Arrays.stream(partitions).anyMatch(ViewPartition::mayTakeOne);
    }

    /** Changes when a partition that failed, or had no leader, takes records again. */
    int recoveries() {
        return recoveries.get();
    }

    /** Lets the next views try partitions that failed, where no spooled view does. */
    void tryFailedAgain() {
        for (ViewPartition partition : partitions) {
            partition.tryAgain();
        }
    }

    String whyNot() {
        return whyNot;
    }

    /** An error that comes when nobody waits any more is dropped without a word, since it is part of the answer. */
    @SuppressWarnings("FutureReturnValueIgnored") // the callback gets what the future would
    private void send(EncodedEvent event, ViewPartition partition, MonoSink<Mono<Void>> answer) {
        Producer<String, byte[]> kafka = producer;
        if (kafka == null) {
            answer.success(Mono.error(new NotSentException(whyNot)));
            return;
        }
        Thread caller = Thread.currentThread();
        partition.sending();
        try {
            kafka.send(record(event, partition), (metadata, e) -> {
                if (e == null) {
                    acknowledged(partition);
                    answer.success(Mono.empty());
                } else {
                    failed(partition, e);
                    // the producer refuses on the caller's thread, and fails on its own what it has taken
                    answer.success(Mono.error(Thread.currentThread().equals(caller) ? notSent(e) : e));
                }
            });
        } catch (RuntimeException e) {
            failed(partition, e);
            answer.success(Mono.error(notSent(e)));
        }
    }

    private void acknowledged(ViewPartition partition) {
        if (partition.acknowledged()) {
            recoveries.incrementAndGet();
        }
    }

    /** One that is refused for what it is says nothing about its partition. */
    private void failed(ViewPartition partition, Exception e) {
        if (RefusedForGood.is(e) || RefusedForItsTime.is(e)) {
            acknowledged(partition);
        } else {
            whyNot = e.toString();
            partition.failed();
        }
    }

    private static RuntimeException notSent(Exception e) {
        return RefusedForGood.is(e) ? (RuntimeException) e : new NotSentException(e.toString());
    }

    /** The record's time is the event's, whenever it is sent. */
    private static ProducerRecord<String, byte[]> record(EncodedEvent event, ViewPartition partition) {
        return event.toRecord(event.topic().equals(Topics.VIEWS) ? (Integer) partition.number() : null, time(event));
    }

    private static @Nullable Long time(EncodedEvent event) {
        String time = event.headers().get("ce_time");
        try {
            return time == null ? null : Instant.parse(time).toEpochMilli();
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /** As Kafka's own partitioner has it. */
    private static int number(EncodedEvent event, int partitionCount) {
        return Utils.toPositive(Utils.murmur2(event.key().getBytes(UTF_8))) % partitionCount;
    }

    /** Fails while Kafka's name is not known. */
    private void createProducer() {
        try {
            if (producer == null) {
                producer = create.get();
            }
        } catch (RuntimeException e) {
            whyNot = NestedExceptionUtils.getMostSpecificCause(e).toString();
        }
    }

    /** The producer answers from what it knows, and asks Kafka for what it does not; it does not wait. */
    private void lookAtTopic() {
        try {
            Producer<String, byte[]> kafka = producer;
            if (kafka != null) {
                follow(kafka.partitionsFor(Topics.VIEWS));
                kafka.partitionsFor(Topics.VIEWS_SPOOLED);
            }
        } catch (RuntimeException e) {
            if (partitions.length == 0) {
                whyNot = e.toString();
            }
        }
    }

    private void follow(List<PartitionInfo> infos) {
        ViewPartition[] before = partitions;
        var now = new ViewPartition[infos.size()];
        for (int i = 0; i < now.length; i++) {
            now[i] = i < before.length ? before[i] : new ViewPartition(i);
        }
        boolean sound = allTakeRecords();
        for (PartitionInfo info : infos) {
            boolean hasLeader = info.leader() != null && !info.leader().isEmpty();
            now[info.partition()].hasLeader(hasLeader);
            if (!hasLeader) {
                whyNot = "Partition " + info.partition() + " has no leader";
            }
        }
        partitions = now;
        if (!sound && allTakeRecords()) {
            recoveries.incrementAndGet();
        }
    }

    @Override
    public void destroy() {
        look.shutdownNow();
        if (producer != null) {
            producer.close(CLOSE_TIME_LIMIT);
        }
    }

    private static Map<String, Object> settings(Map<String, Object> common, SendingProperties properties) {
        var settings = new HashMap<>(common);
        int timeout = (int) properties.deliveryTimeout().toMillis();
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 0);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        // what comes while one request is on its way goes with the next: few requests under load, none waits without
        settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, timeout / 2);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, timeout);
        return settings;
    }
}
