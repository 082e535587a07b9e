package broadsheet.notification.outbound;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What a call of a receiver may reach and cost.
 *
 * @param allow networks (CIDR) of internal receivers, which may be called on any port
 * @param connectWithin how long a connection may take
 * @param answerWithin how long a whole call may take, the wait for a connection included
 * @param connectionsPerReceiver how many connections may be open at once to one host and port
 * @param waitingPerReceiver how many calls may wait for one of them
 */
@Validated
@ConfigurationProperties("broadsheet.notification.outbound")
record OutboundProperties(
        @DefaultValue List<String> allow,
        @DurationMin(millis = 10) @DefaultValue("5s") Duration connectWithin,
        @DurationMin(millis = 10) @DefaultValue("15s") Duration answerWithin,
        @Min(1) @DefaultValue("100") int connectionsPerReceiver,
        @Min(1) @DefaultValue("1000") int waitingPerReceiver) {}
