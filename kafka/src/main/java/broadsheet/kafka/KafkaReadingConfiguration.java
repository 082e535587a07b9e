package broadsheet.kafka;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.observation.ObservationRegistry;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.ConcurrentKafkaListenerContainerFactoryConfigurer;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;

/** The readers of whole topics, where there are Boot's own Kafka clients. */
@AutoConfiguration(after = KafkaAutoConfiguration.class)
@ConditionalOnBean(KafkaAdmin.class)
@EnableConfigurationProperties(KafkaReadingProperties.class)
class KafkaReadingConfiguration {

    @Bean
    KafkaStartup kafkaStartup(
            KafkaAdmin kafka,
            ObjectProvider<KafkaListenerEndpointRegistry> listeners,
            ObjectProvider<TopicSetting> settings,
            KafkaReadingProperties properties) {
        return new KafkaStartup(
                kafka, listeners.getIfAvailable(), settings.stream().toList(), properties);
    }

    @Bean
    WholeTopicReaders wholeTopicReaders(
            ConsumerFactory<?, ?> consumers,
            KafkaAdmin kafka,
            KafkaReadingProperties properties,
            ObjectProvider<MeterRegistry> meters,
            ObjectProvider<ObservationRegistry> observations) {
        return new WholeTopicReaders(
                consumers,
                kafka.getConfigurationProperties(),
                properties,
                meters.getIfAvailable(() -> Metrics.globalRegistry),
                observations.getIfAvailable(() -> ObservationRegistry.NOOP));
    }

    @Bean
    ListenerFactories listenerFactories(
            ConcurrentKafkaListenerContainerFactoryConfigurer boot,
            ConsumerFactory<Object, Object> consumers,
            ObjectProvider<ObservationRegistry> observations) {
        return new ListenerFactories(boot, consumers, observations.getIfAvailable(() -> ObservationRegistry.NOOP));
    }

    @Bean
    KafkaHealth kafkaHealthIndicator(KafkaAdmin kafka, ObjectProvider<InstantSource> clock) {
        return new KafkaHealth(kafka.getConfigurationProperties(), clock.getIfAvailable(InstantSource::system));
    }

    @Bean
    TracedRecords tracedRecords() {
        return new TracedRecords();
    }
}
