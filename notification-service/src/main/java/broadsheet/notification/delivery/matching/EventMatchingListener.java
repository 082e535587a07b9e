package broadsheet.notification.delivery.matching;

import broadsheet.events.Envelope;
import broadsheet.events.EventCodec;
import broadsheet.events.UnreadableEventException;
import broadsheet.kafka.ListenerFactories;
import broadsheet.notification.NotificationProperties;
import broadsheet.notification.delivery.sending.QueueWakeUps;
import broadsheet.notification.event.HeldMilestones;
import broadsheet.notification.event.IncomingEvents;
import broadsheet.notification.event.PublicEvent;
import broadsheet.web.operations.TraceParent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Makes deliveries of what happens to articles; a record is read again until everyone who is to be told has one. */
@Component
class EventMatchingListener {

    private static final Logger log = LoggerFactory.getLogger(EventMatchingListener.class);

    /** Below {@code max.poll.interval.ms}; what is not done by then goes on in the next try. */
    private static final Duration TIME_LIMIT = Duration.ofMinutes(4);

    private final IncomingEvents events;
    private final HeldMilestones held;
    private final EventMatcher matcher;
    private final QueueWakeUps wakeUps;
    private final List<String> topics;
    private final Duration keptFor;
    private final InstantSource clock;

    EventMatchingListener(
            IncomingEvents events,
            HeldMilestones held,
            EventMatcher matcher,
            QueueWakeUps wakeUps,
            NotificationProperties properties,
            InstantSource clock) {
        this.events = events;
        this.held = held;
        this.matcher = matcher;
        this.wakeUps = wakeUps;
        this.keptFor = properties.keptFor();
        this.clock = clock;
        this.topics = List.of(properties.topic(), properties.milestonesTopic());
    }

    public List<String> getTopics() {
        return topics;
    }

    @KafkaListener(
            id = "notification-news",
            groupId = "notification-service",
            topics = "#{__listener.topics}",
            containerFactory = "notificationListenerFactory")
    void news(ConsumerRecord<String, byte[]> record) {
        envelope(record)
                .map(envelope -> tell(envelope, traceParent(record)))
                .orElse(Mono.empty())
                .block(TIME_LIMIT);
        wakeUps.send();
    }

    private Mono<Void> tell(Envelope<?> envelope, @Nullable String traceParent) {
        Mono<PublicEvent> event = isKept(envelope) ? events.store(envelope) : Mono.empty();
        return event.flatMap(stored -> match(stored, traceParent))
                .then(events.note(envelope))
                .thenMany(events.waitingFor(envelope))
                .concatMap(milestone -> match(milestone, null))
                .then();
    }

    private Mono<Void> match(PublicEvent event, @Nullable String traceParent) {
        return matcher.match(event, traceParent).then(Mono.defer(() -> held.release(event)));
    }

    /** What is older was told long ago, and its deliveries are removed: the topic is read anew after a long absence. */
    private boolean isKept(Envelope<?> envelope) {
        return envelope.time().isAfter(clock.instant().minus(keptFor));
    }

    /** None where nobody can read it; stats-service puts such records of articles into the dead-letter topic. */
    private static Optional<Envelope<?>> envelope(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) { // Kafka's tombstone: compaction forgets the article
            return Optional.empty();
        }
        try {
            return Optional.of(EventCodec.decode(record));
        } catch (UnreadableEventException e) {
            log.warn("Skipped {}-{}@{}: {}", record.topic(), record.partition(), record.offset(), e.getMessage());
            return Optional.empty();
        }
    }

    private static @Nullable String traceParent(ConsumerRecord<?, ?> record) {
        var header = record.headers().lastHeader(TraceParent.HEADER);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.US_ASCII);
    }

    /** Makes the containers that run the listeners. */
    @Configuration(proxyBeanMethods = false)
    static class NewsListenerContainers {

        @Bean
        ConcurrentKafkaListenerContainerFactory<Object, Object> notificationListenerFactory(
                ListenerFactories factories) {
            return factories.ofRecords(1);
        }
    }
}
