package broadsheet.article.sending;

import broadsheet.events.EncodedEvent;
import broadsheet.events.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
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
    private final ViewPartitions partitions = new ViewPartitions();
    private final ThreadPoolTaskScheduler look = new ThreadPoolTaskScheduler();
    private volatile @Nullable Producer<String, byte[]> producer;

    @Autowired
    ViewProducer(ProducerFactory<?, ?> kafka, SendingProperties properties) {
        this(() -> new KafkaProducer<>(settings(kafka.getConfigurationProperties(), properties)));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // it catches what fails, and ends in destroy()
    ViewProducer(Supplier<Producer<String, byte[]>> create) {
        this.create = create;
        look.setThreadNamePrefix("view-partitions-");
        look.setDaemon(true);
        look.initialize();
        look.scheduleWithFixedDelay(this::createProducer, CREATE_EVERY);
        look.scheduleWithFixedDelay(this::lookAtTopic, LOOK_EVERY);
    }

    /**
     * Completes once Kafka has acknowledged the event. A {@link NotSentException} says that it is surely not in Kafka, any
     * other error that it may be.
     */
    Mono<Void> send(EncodedEvent event) {
        return Mono.defer(() -> {
            ViewPartition partition = partitions.of(event);
            return partition == null || !partition.takesRecords()
                    ? Mono.error(new NotSentException(partitions.whyNot()))
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

    ViewPartitions partitions() {
        return partitions;
    }

    /** An error that comes when nobody waits any more is dropped without a word, since it is part of the answer. */
    @SuppressWarnings("FutureReturnValueIgnored") // the callback gets what the future would
    private void send(EncodedEvent event, ViewPartition partition, MonoSink<Mono<Void>> answer) {
        Producer<String, byte[]> kafka = producer;
        if (kafka == null) {
            answer.success(Mono.error(new NotSentException(partitions.whyNot())));
            return;
        }
        Thread caller = Thread.currentThread();
        partition.sending();
        try {
            kafka.send(record(event, partition), (metadata, e) -> {
                if (e == null) {
                    partitions.acknowledged(partition);
                    answer.success(Mono.empty());
                } else {
                    partitions.failed(partition, e);
                    // the producer refuses on the caller's thread, and fails on its own what it has taken
                    answer.success(Mono.error(Thread.currentThread().equals(caller) ? notSent(e) : e));
                }
            });
        } catch (RuntimeException e) {
            partitions.failed(partition, e);
            answer.success(Mono.error(notSent(e)));
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

    /** Fails while Kafka's name is not known. */
    private void createProducer() {
        try {
            if (producer == null) {
                producer = create.get();
            }
        } catch (RuntimeException e) {
            partitions.notTold(NestedExceptionUtils.getMostSpecificCause(e));
        }
    }

    /** The producer answers from what it knows, and asks Kafka for what it does not; it does not wait. */
    private void lookAtTopic() {
        try {
            Producer<String, byte[]> kafka = producer;
            if (kafka != null) {
                partitions.follow(kafka.partitionsFor(Topics.VIEWS));
                kafka.partitionsFor(Topics.VIEWS_SPOOLED);
            }
        } catch (RuntimeException e) {
            partitions.notTold(e);
        }
    }

    @Override
    public void destroy() {
        look.shutdown();
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
