package broadsheet.notification.delivery.sending;

import static broadsheet.notification.delivery.DeliveryExamples.delivery;
import static broadsheet.notification.delivery.DeliveryExamples.event;
import static broadsheet.notification.delivery.DeliveryExamples.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.notification.ArticleEvents;
import broadsheet.notification.delivery.Delivery;
import broadsheet.notification.event.PublicEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MessagesUnderWayTests {

    private final PublicEvent event = event(ArticleEvents.published("article", "news"));
    private final MessagesUnderWay underWay = new MessagesUnderWay(1_000, 50);

    @Test
    void oneHostHoldsNotAllPlacesHoweverManySubscriptionsItHas() {
        List<Delivery> due = new ArrayList<>(IntStream.range(0, 1_000)
                .mapToObj(number -> delivery(event, webhook("hanging-" + number, "hanging.example")))
                .toList());
        due.add(delivery(event, webhook("healthy", "healthy.example")));

        List<DueMessage> chosen = underWay.choose(due);

        assertThat(chosen).hasSize(51);
        assertThat(chosen.get(50).deliveries()).containsExactly(due.get(1_000));
        chosen.forEach(message -> underWay.begin(message.deliveries().get(0)));
        assertThat(underWay.choose(due)).isEmpty();
        assertThat(due).allMatch(underWay::isBlocked);
    }

    @Test
    void whatEndsFreesItsPlaceOnce() {
        Delivery first = delivery(event, webhook("first", "a.example"));
        Delivery second = delivery(event, webhook("second", "a.example"));
        var one = new MessagesUnderWay(10, 1);
        one.begin(first);
        assertThat(one.choose(List.of(first, second))).isEmpty();

        one.end(first);
        one.end(first);
        one.begin(second);

        assertThat(one.isBlocked(first)).isTrue();
        one.end(second);
        assertThat(one.isBlocked(first)).isFalse();
        assertThat(one.free()).isEqualTo(10);
    }
}
