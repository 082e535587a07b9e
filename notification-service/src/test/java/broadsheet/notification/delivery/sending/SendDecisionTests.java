package broadsheet.notification.delivery.sending;

import static broadsheet.notification.delivery.DeliveryExamples.NOW;
import static broadsheet.notification.delivery.DeliveryExamples.byEmail;
import static broadsheet.notification.delivery.DeliveryExamples.event;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.notification.ArticleEvents;
import broadsheet.notification.delivery.Delivery;
import broadsheet.notification.delivery.Delivery.State;
import broadsheet.notification.delivery.DeliveryDocument;
import broadsheet.notification.delivery.DeliveryExamples;
import broadsheet.notification.delivery.sending.DeliveryClaims.Claimed;
import broadsheet.notification.event.PublicEvent;
import broadsheet.notification.subscription.Subscription;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

class SendDecisionTests {

    private final Subscription reader = byEmail("reader");
    private final PublicEvent published = event(ArticleEvents.published("article", "news"));
    private final PublicEvent corrected = event(ArticleEvents.corrected("article", "news"));
    private final PublicEvent withdrawn = event(ArticleEvents.withdrawn("article", "news"));

    @Test
    void whatACorrectionOvertookIsReplacedByIt() {
        SendDecision outgoing = outgoing(claimed(corrected), published, corrected);

        assertThat(outgoing.message()).isNull();
        assertThat(outgoing.instead())
                .extracting(Delivery::event)
                .containsExactly(corrected.notification().id());
        assertThat(outgoing.unsent()).extracting(ClaimResult::state).containsExactly(State.SUPPRESSED);
    }

    @Test
    void whatAWithdrawalOvertookIsToldNoMore() {
        SendDecision outgoing = outgoing(claimed(withdrawn), published, withdrawn);

        assertThat(outgoing.message()).isNull();
        assertThat(outgoing.instead()).isEmpty();
        assertThat(outgoing.unsent()).extracting(ClaimResult::suppressed).containsExactly("withdrawn");
    }

    @Test
    void anEventThatCannotBeReadHoldsUpNoOther() {
        Function<Collection<String>, Flux<PublicEvent>> events = ids -> ids.contains(id(corrected))
                ? Flux.error(new IllegalArgumentException("No such type"))
                : Flux.just(published);
        var contents = ReadableContents.of(List.of(id(published), id(corrected)), events, SendDecisionTests::id)
                .blockOptional()
                .orElseThrow();

        SendDecision outgoing = SendDecision.of(
                List.of(claimed(published, null), claimed(corrected, null)), found(reader), contents, NOW);

        assertThat(outgoing.sent()).extracting(one -> one.delivery().event()).containsExactly(id(published));
        assertThat(outgoing.unsent()).singleElement().satisfies(unreadable -> {
            assertThat(unreadable.state()).isEqualTo(State.DEAD);
            assertThat(unreadable.suppressed()).contains("No such type");
        });
    }

    private SendDecision outgoing(Claimed claimed, PublicEvent... events) {
        return SendDecision.of(
                List.of(claimed),
                found(reader),
                new ReadableContents<>(
                        Stream.of(events).collect(Collectors.toMap(SendDecisionTests::id, Function.identity())),
                        Map.of()),
                NOW);
    }

    private Claimed claimed(PublicEvent overtakenBy) {
        return claimed(published, overtakenBy);
    }

    private Claimed claimed(PublicEvent event, @Nullable PublicEvent overtakenBy) {
        Document stored = DeliveryDocument.of(DeliveryExamples.delivery(event, reader));
        if (overtakenBy != null) {
            stored.append("overtakenBy", id(overtakenBy));
        }
        return new Claimed(DeliveryDocument.read(stored), id(event), "claim");
    }

    private static ReadableContents<Subscription> found(Subscription subscription) {
        return new ReadableContents<>(Map.of(subscription.id(), subscription), Map.of());
    }

    private static String id(PublicEvent event) {
        return event.notification().id();
    }
}
