package broadsheet.notification.delivery.sending;

import static broadsheet.notification.ArticleEvents.ofVersion;
import static broadsheet.notification.delivery.DeliveryExamples.NOW;
import static broadsheet.notification.delivery.DeliveryExamples.byEmail;
import static broadsheet.notification.delivery.DeliveryExamples.event;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.notification.ArticleEvents;
import broadsheet.notification.DocumentsById;
import broadsheet.notification.delivery.Delivery;
import broadsheet.notification.delivery.Delivery.State;
import broadsheet.notification.delivery.DeliveryDocument;
import broadsheet.notification.delivery.DeliveryExamples;
import broadsheet.notification.delivery.sending.DeliveryClaims.Claimed;
import broadsheet.notification.event.PublicEvent;
import broadsheet.notification.subscription.Subscription;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

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
    void whatWasAddedLateIsReplacedByTheCorrectionThatCameBefore() {
        PublicEvent newest = event(ofVersion(5, ArticleEvents.corrected("article", "news")));
        PublicEvent newer = event(ofVersion(4, ArticleEvents.corrected("article", "news")));
        PublicEvent older = event(ofVersion(2, ArticleEvents.corrected("article", "news")));
        PublicEvent other = event(ofVersion(9, ArticleEvents.corrected("other", "news")));
        Document late = DeliveryDocument.of(DeliveryExamples.delivery(published, reader))
                .append("late", true);
        var claimed = new Claimed(DeliveryDocument.read(late), id(published), "claim");

        SendDecision outgoing = outgoing(claimed, List.of(newer, newest, older, other), published);

        assertThat(outgoing.message()).isNull();
        assertThat(outgoing.instead()).extracting(Delivery::event).containsExactly(id(newest));
        assertThat(outgoing(claimed, List.of(older, other), published).sent()).hasSize(1);
    }

    @Test
    void aWithdrawalIsNotToldWhereItTurnsOutThatNothingWasTold() {
        Claimed claimed = claimed(withdrawn, null);
        var contents = new MessageContents(
                found(reader),
                new DocumentsById<>(Map.of(id(withdrawn), withdrawn), Map.of()),
                List.of(),
                Set.of(claimed.delivery().id()));

        SendDecision outgoing = SendDecision.of(List.of(claimed), contents, NOW);

        assertThat(outgoing.message()).isNull();
        assertThat(outgoing.unsent()).extracting(ClaimResult::state).containsExactly(State.SUPPRESSED);
    }

    @Test
    void anEventThatCannotBeReadHoldsUpNoOther() {
        var contents = DocumentsById.of(
                List.of(new Document("_id", id(corrected)), new Document("_id", id(published))), stored -> {
                    if (stored.getString("_id").equals(id(corrected))) {
                        throw new IllegalArgumentException("No such type");
                    }
                    return Optional.of(published);
                });

        SendDecision outgoing = SendDecision.of(
                List.of(claimed(published, null), claimed(corrected, null)),
                new MessageContents(found(reader), contents, List.of(), Set.of()),
                NOW);

        assertThat(outgoing.sent()).extracting(one -> one.delivery().event()).containsExactly(id(published));
        assertThat(outgoing.unsent()).singleElement().satisfies(unreadable -> {
            assertThat(unreadable.state()).isEqualTo(State.DEAD);
            assertThat(unreadable.suppressed()).contains("No such type");
        });
    }

    private SendDecision outgoing(Claimed claimed, PublicEvent... events) {
        return outgoing(claimed, List.of(), events);
    }

    private SendDecision outgoing(Claimed claimed, List<PublicEvent> corrections, PublicEvent... events) {
        var found = new DocumentsById<>(
                Stream.of(events).collect(Collectors.toMap(SendDecisionTests::id, Function.identity())),
                Map.<String, String>of());
        return SendDecision.of(List.of(claimed), new MessageContents(found(reader), found, corrections, Set.of()), NOW);
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

    private static DocumentsById<Subscription> found(Subscription subscription) {
        return new DocumentsById<>(Map.of(subscription.id(), subscription), Map.of());
    }

    private static String id(PublicEvent event) {
        return event.notification().id();
    }
}
