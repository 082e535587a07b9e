package broadsheet.web.connection;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What a connection may cost.
 *
 * @param behindProxy whether a proxy in front sets {@code X-Forwarded-For} and {@code -Proto}; else
 *     nobody is believed
 * @param max how many there may be; one more is closed at once
 * @param perAddress how many of them from one address (an IPv6 /64 is one); not behind a proxy, from which all come
 * @param pipelined how many requests of one connection may wait for the answer to an earlier one
 * @param idle how long a connection may be open without a request
 * @param header how long the header of a request may take from its first byte on
 * @param bodyPause how long the body of a request may pause
 * @param body how long the body of a request may take in all
 * @param stalledAnswer how long a client may take no byte of an answer that is waiting for it
 */
@Validated
@ConfigurationProperties("broadsheet.connections")
record ConnectionProperties(
        @DefaultValue("false") boolean behindProxy,
        @Min(1) @DefaultValue("12000") int max,
        @Min(1) @DefaultValue("4000") int perAddress,
        @Min(1) @DefaultValue("16") int pipelined,
        @DurationMin(millis = 10) @DefaultValue("75s") Duration idle,
        @DurationMin(millis = 10) @DefaultValue("10s") Duration header,
        @DurationMin(millis = 10) @DefaultValue("20s") Duration bodyPause,
        @DurationMin(millis = 10) @DefaultValue("2m") Duration body,
        @DurationMin(millis = 10) @DefaultValue("60s") Duration stalledAnswer) {}
