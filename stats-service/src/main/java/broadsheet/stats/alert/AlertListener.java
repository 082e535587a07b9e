package broadsheet.stats.alert;

import broadsheet.events.AlertSent;
import broadsheet.events.EventCodec;
import broadsheet.events.Topics;
import broadsheet.events.UnreadableEventException;
import broadsheet.kafka.ListenerFactories;
import broadsheet.stats.StatsProperties;
import broadsheet.stats.kafka.DeadLetters;
import broadsheet.stats.kafka.UnreadableRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Stores to how many each alert went. */
@Component
class AlertListener {

    private static final int BATCH_SIZE = 500;

    private final Alerts alerts;
    private final DeadLetters deadLetters;
    private final StatsProperties properties;

    AlertListener(Alerts alerts, DeadLetters deadLetters, StatsProperties properties) {
        this.alerts = alerts;
        this.deadLetters = deadLetters;
        this.properties = properties;
    }

    @KafkaListener(
            id = "stats-alerts",
            groupId = "stats-service-alerts",
            topics = Topics.ALERTS,
            containerFactory = "statsAlertsListenerFactory")
    void alerts(List<ConsumerRecord<String, byte[]>> batch) {
        store(batch).block(properties.timeLimit());
    }

    private Mono<Void> store(List<ConsumerRecord<String, byte[]>> batch) {
        Map<String, AlertSent> newest = new HashMap<>();
        List<UnreadableRecord> letters = new ArrayList<>();
        for (var record : batch) {
            try {
                if (EventCodec.decode(record).event() instanceof AlertSent alert) {
                    newest.merge(alert.alertId(), alert, AlertListener::newer);
                } else {
                    letters.add(new UnreadableRecord(record, "Not an event about an alert"));
                }
            } catch (UnreadableEventException e) {
                letters.add(UnreadableRecord.of(record, e));
            }
        }
        return alerts.store(newest.values()).then(deadLetters.keep(letters));
    }

    private static AlertSent newer(AlertSent one, AlertSent other) {
        return other.asOf().isAfter(one.asOf()) ? other : one;
    }

    /** Makes the containers that run the listener. */
    @Configuration(proxyBeanMethods = false)
    static class AlertListenerContainers {

        @Bean
        ConcurrentKafkaListenerContainerFactory<Object, Object> statsAlertsListenerFactory(
                ListenerFactories factories) {
            return factories.ofBatches(BATCH_SIZE);
        }
    }
}
