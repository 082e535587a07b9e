package broadsheet.notification.delivery.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyList;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import broadsheet.notification.channel.DeliveryOutcome;
import broadsheet.notification.delivery.Delivery;
import broadsheet.notification.delivery.SubscriptionDeliveries;
import broadsheet.notification.delivery.sending.DeliveryClaims.Claimed;
import broadsheet.notification.event.EventKind;
import broadsheet.notification.subscription.Channel;
import broadsheet.notification.subscription.DigestFrequency;
import broadsheet.notification.subscription.Subscription;
import broadsheet.notification.subscription.Subscriptions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class AttemptResultsTests {

    private static final Instant NOW = Instant.parse("2026-05-04T10:00:00Z");

    private final List<ClaimResult> stored = new CopyOnWriteArrayList<>();

    private final AttemptResults results = new AttemptResults(
            claims(),
            new SubscriptionDisabler(
                    mock(Subscriptions.class), mock(SubscriptionDeliveries.class), mock(DisabledNoticeSender.class)),
            new DeliveryMetrics(new SimpleMeterRegistry()),
            mock(AlertReporter.class),
            InstantSource.fixed(NOW));

    @Test
    void whatWasInOneMessageIsTriedAgainTogether() {
        var storing = results.storeAll().subscribe();
        List<Claimed> digest =
                IntStream.range(0, 20).mapToObj(AttemptResultsTests::claimed).toList();

        storeFailureOf(digest);
        storing.dispose();

        assertThat(stored).hasSize(20);
        assertThat(stored)
                .extracting(ClaimResult::due)
                .containsOnly(stored.get(0).due());
    }

    @Test
    void whatIsSentAfterAStopAndAStartIsStored() {
        results.storeAll().subscribe().dispose();
        var storing = results.storeAll().subscribe();

        storeFailureOf(List.of(claimed(1)));
        storing.dispose();

        assertThat(stored).hasSize(1);
    }

    private void storeFailureOf(List<Claimed> sent) {
        results.store(sent, subscription(), new DeliveryOutcome.Failed(451, "Busy", null), NOW)
                .block(Duration.ofSeconds(30));
    }

    private DeliveryClaims claims() {
        DeliveryClaims claims = mock(DeliveryClaims.class);
        when(claims.finish(anyList())).thenAnswer(call -> {
            stored.addAll(call.getArgument(0));
            return Mono.empty();
        });
        return claims;
    }

    private static Subscription subscription() {
        Subscription subscription = mock(Subscription.class);
        when(subscription.channel()).thenReturn(Channel.EMAIL);
        when(subscription.schedule())
                .thenReturn(new Subscription.Schedule(DigestFrequency.NONE, null, ZoneId.of("UTC")));
        return subscription;
    }

    private static Claimed claimed(int number) {
        return new Claimed(
                new Delivery(
                        "event-" + number + ":reader",
                        "event-" + number,
                        "article-" + number,
                        1,
                        EventKind.PUBLISHED,
                        NOW,
                        "reader",
                        Channel.EMAIL,
                        null,
                        Delivery.State.SENDING,
                        List.of("filter"),
                        false,
                        false,
                        NOW,
                        NOW,
                        "digest",
                        List.of(),
                        null,
                        null,
                        null,
                        null),
                "digest",
                "claim");
    }
}
