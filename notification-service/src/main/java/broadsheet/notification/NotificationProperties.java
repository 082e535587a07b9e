package broadsheet.notification;

import broadsheet.events.Topics;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The settings of this service.
 *
 * @param topic where the changes of articles are read from
 */
@Validated
@ConfigurationProperties("broadsheet.notification")
public record NotificationProperties(
        @NotBlank @DefaultValue(Topics.ARTICLES) String topic,
        @Valid @DefaultValue Stream stream) {

    /**
     * What the live stream keeps and how much a client may cost.
     *
     * @param recent how many public events are kept to resume clients from
     * @param history how many records are read back on start to fill them, over all partitions
     * @param clients how many streams may be open at once on one instance
     * @param queue how many events may wait for a client before its stream ends
     * @param heartbeat how often a quiet stream says that it is alive
     * @param retry how long a client waits before it connects again
     * @param patience how long a client that overflowed has to take what waits for it before it is cut off
     * @param refresh how often the topic is looked at: is it still the same one, has it more partitions
     */
    public record Stream(
            @Min(1) @DefaultValue("10000") int recent,
            @Min(1) @DefaultValue("60000") int history,
            @Min(1) @DefaultValue("10000") int clients,
            @Min(1) @DefaultValue("256") int queue,
            @DurationMin(millis = 10) @DefaultValue("15s") Duration heartbeat,
            @DurationMin(millis = 10) @DefaultValue("2s") Duration retry,
            @DurationMin(millis = 10) @DefaultValue("30s") Duration patience,
            @DurationMin(millis = 10) @DefaultValue("30s") Duration refresh) {}
}
