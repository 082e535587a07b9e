package broadsheet.notification.delivery.sending;

import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.notification.delivery.Delivery;
import broadsheet.notification.delivery.Delivery.State;
import broadsheet.notification.event.EventKind;
import broadsheet.notification.subscription.Channel;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DueMessageTests {

    @ParameterizedTest
    @EnumSource(names = "WEBHOOK", mode = EnumSource.Mode.EXCLUDE)
    void whatWaitsForOneSubscriberIsOneMessage(Channel channel) {
        var message = DueMessage.firstOf(threeOf(channel));
        assertThat(message.deliveries()).extracting(Delivery::event).containsExactly("0", "1", "2");
        assertThat(message.id()).isNotEqualTo("0");
    }

    @ParameterizedTest
    @EnumSource(names = "WEBHOOK")
    void aWebhookGetsOneEventAfterTheOther(Channel channel) {
        var message = DueMessage.firstOf(threeOf(channel));
        assertThat(message.deliveries()).extracting(Delivery::event).containsExactly("0");
        assertThat(message.id()).isEqualTo("0");
    }

    private static List<Delivery> threeOf(Channel channel) {
        return IntStream.range(0, 3)
                .mapToObj(event -> new Delivery(
                        Delivery.id(String.valueOf(event), "s"),
                        String.valueOf(event),
                        "a",
                        1,
                        EventKind.PUBLISHED,
                        Instant.EPOCH,
                        "s",
                        channel,
                        null,
                        State.SCHEDULED,
                        List.of(),
                        false,
                        false,
                        Instant.EPOCH,
                        Instant.EPOCH,
                        null,
                        List.of(),
                        null,
                        null,
                        null,
                        null))
                .toList();
    }
}
