package broadsheet.notification.delivery.matching;

import broadsheet.notification.NotificationProperties;
import broadsheet.notification.event.PublicEvent;
import broadsheet.notification.subscription.Subscription;
import java.time.Instant;
import java.time.InstantSource;
import org.springframework.stereotype.Component;

/** When a subscriber is to be told of an event: by its digest and quiet hours, or at once of what is breaking. */
@Component
class DueTime {

    private final NotificationProperties properties;
    private final InstantSource clock;

    DueTime(NotificationProperties properties, InstantSource clock) {
        this.properties = properties;
        this.clock = clock;
    }

    Instant of(PublicEvent event, Subscription subscription) {
        Subscription.Schedule schedule = subscription.schedule();
        boolean breaking = event.isTagged(properties.breakingTag());
        return schedule.digest().dueAt(clock.instant(), schedule.zone(), schedule.quietHours(), breaking);
    }
}
