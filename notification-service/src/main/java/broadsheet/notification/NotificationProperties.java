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
 * @param milestonesTopic where it is read which numbers are worth an alert
 * @param deliveriesTopic spreads the sending over the instances
 * @param alertsTopic where it is said to how many each alert went
 * @param reportAlertsEvery how often that is counted for alerts of which a delivery changed
 * @param breakingTag the tag of articles that are breaking news
 * @param webhooksPerNetwork how many active webhooks, and browsers of a push service that few know, one network may have
 * @param keptFor how long events and their deliveries are kept after the event
 * @param disabledKeptFor how long a subscription that was disabled is kept, to be enabled again
 */
@Validated
@ConfigurationProperties("broadsheet.notification")
public record NotificationProperties(
        @NotBlank @DefaultValue(Topics.ARTICLES) String topic,
        @NotBlank @DefaultValue(Topics.MILESTONES) String milestonesTopic,
        @NotBlank @DefaultValue("notification.deliveries") String deliveriesTopic,
        @NotBlank @DefaultValue(Topics.ALERTS) String alertsTopic,
        @DurationMin(millis = 100) @DefaultValue("15s") Duration reportAlertsEvery,
        @NotBlank @DefaultValue("breaking") String breakingTag,
        @Min(1) @DefaultValue("200") int webhooksPerNetwork,
        @DurationMin(days = 31) @DefaultValue("90d") Duration keptFor,
        @DurationMin(days = 1) @DefaultValue("90d") Duration disabledKeptFor,
        @Valid @DefaultValue Stream stream) {

    /**
     * What the live stream keeps and how much a client may cost.
     *
     * @param history how many public events are kept to resume clients from
     * @param readBack how many records are read back on start to fill the history, over all partitions
     * @param connections how many streams may be open at once on one instance
     * @param connectionsPerAddress how many of them from one address; a whole campus may share one
     * @param maxBehind how many events may wait for a client before its stream ends
     * @param heartbeat how often a quiet stream gets a sign of life
     * @param retry how long a client waits at least before it connects again, and at most twice as long
     * @param lifetime how long a stream lasts at most, and at least three quarters of it; the client then resumes
     * @param drain within which the streams end, one after the other, when the service stops
     * @param cutOffAfter how long a client has to take the end of its stream before its connection is cut
     */
    public record Stream(
            @Min(1) @DefaultValue("10000") int history,
            @Min(1) @DefaultValue("60000") int readBack,
            @Min(1) @DefaultValue("10000") int connections,
            @Min(1) @DefaultValue("2000") int connectionsPerAddress,
            @Min(1) @DefaultValue("256") int maxBehind,
            @DurationMin(millis = 10) @DefaultValue("15s") Duration heartbeat,
            @DurationMin(millis = 10) @DefaultValue("2s") Duration retry,
            @DurationMin(millis = 10) @DefaultValue("1h") Duration lifetime,
            @DurationMin(millis = 1) @DefaultValue("3s") Duration drain,
            @DurationMin(millis = 10) @DefaultValue("30s") Duration cutOffAfter) {}
}
