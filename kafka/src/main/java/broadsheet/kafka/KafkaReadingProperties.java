package broadsheet.kafka;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How topics are watched that are read as a whole.
 *
 * @param topicCheck how often a reader looks whether its topic is still the same one and has more partitions
 * @param retry how often a reader asks for a Kafka that is away
 */
@Validated
@ConfigurationProperties("broadsheet.kafka")
record KafkaReadingProperties(
        @DurationMin(millis = 10) @DefaultValue("10s") Duration topicCheck,
        @DurationMin(millis = 10) @DefaultValue("1s") Duration retry) {}
