package broadsheet.notification.delivery.sending;

import broadsheet.notification.delivery.Delivery.State;
import broadsheet.notification.subscription.Channel;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** What operators see of sending: attempts by channel and state, and how long it took from the event to its delivery. */
@Component
class DeliveryMetrics {

    private final MeterRegistry meters;

    DeliveryMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    void attempted(Channel channel, List<ClaimResult> finished) {
        for (var one : finished) {
            meters.counter(
                            "broadsheet.notification.attempts",
                            "channel",
                            lowerCase(channel),
                            "state",
                            lowerCase(one.state()))
                    .increment();
            if (one.state() == State.DELIVERED) {
                Timer.builder("broadsheet.notification.publish.to.delivery")
                        .description("From an event to its delivery, held ones included")
                        .tag("channel", lowerCase(channel))
                        .publishPercentileHistogram()
                        .minimumExpectedValue(Duration.ofMillis(10))
                        .maximumExpectedValue(Duration.ofHours(1))
                        .register(meters)
                        .record(Duration.between(one.claimed().delivery().eventTime(), one.at()));
            }
        }
    }

    void unreadable(int deliveries) {
        meters.counter("broadsheet.notification.deliveries.unreadable").increment(deliveries);
    }

    private static String lowerCase(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
