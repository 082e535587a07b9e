package broadsheet.notification.delivery.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyList;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import broadsheet.notification.channel.DeliveryOutcome;
import broadsheet.notification.delivery.Deliveries;
import broadsheet.notification.delivery.Delivery;
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
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

class AttemptResultsTests {

    private static final Instant NOW = Instant.parse("2026-05-04T10:00:00Z");
    private static final DeliveryOutcome FAILED = new DeliveryOutcome.Failed(451, "Busy", null);

    private final List<ClaimResult> stored = new CopyOnWriteArrayList<>();

    private final Subscriptions subscriptions = mock(Subscriptions.class);

    private final AttemptResults results = new AttemptResults(
            mock(Deliveries.class),
            claims(),
            subscriptions,
            mock(DisabledNoticeSender.class),
            new DeliveryMetrics(new SimpleMeterRegistry()),
            InstantSource.fixed(NOW));

    @Test
    void whatWasInOneMessageIsTriedAgainTogether() {
        var storing = results.storeAll().subscribe();
        List<Claimed> digest =
                IntStream.range(0, 20).mapToObj(AttemptResultsTests::claimed).toList();

        store(digest, subscription(), FAILED);
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

        store(List.of(claimed(1)), subscription(), FAILED);
        storing.dispose();

        assertThat(stored).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"true, 2, FAILED", "true, 3, DEAD", "false, 3, FAILED", "false, 7, DEAD"})
    void whoeverNeverTookAMessageIsGivenUpSoon(boolean neverAnswered, int triesBefore, Delivery.State expected) {
        var storing = results.storeAll().subscribe();
        when(subscriptions.disable(any(), any(), any())).thenReturn(Mono.just(false));

        store(List.of(claimed(1, triesBefore)), webhook(neverAnswered), FAILED);
        storing.dispose();

        assertThat(stored).extracting(ClaimResult::state).containsExactly(expected);
        verify(subscriptions, times(expected == Delivery.State.DEAD ? 1 : 0)).disable(any(), any(), any());
    }

    @Test
    void thatAReceiverTookItsFirstMessageIsNoted() {
        var storing = results.storeAll().subscribe();
        when(subscriptions.answered("reader")).thenReturn(Mono.empty());

        store(List.of(claimed(1)), webhook(true), new DeliveryOutcome.Delivered(204));
        store(List.of(claimed(2)), webhook(false), new DeliveryOutcome.Delivered(204));
        storing.dispose();

        verify(subscriptions, times(1)).answered("reader");
    }

    private void store(List<Claimed> sent, Subscription subscription, DeliveryOutcome outcome) {
        results.store(sent, subscription, outcome, NOW).block(Duration.ofSeconds(30));
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

    private static Subscription webhook(boolean neverAnswered) {
        Subscription subscription = subscription();
        when(subscription.id()).thenReturn("reader");
        when(subscription.channel()).thenReturn(Channel.WEBHOOK);
        when(subscription.neverAnswered()).thenReturn(neverAnswered);
        return subscription;
    }

    private static Claimed claimed(int number) {
        return claimed(number, 0);
    }

    private static Claimed claimed(int number, int triesBefore) {
        var tried = new Delivery.Attempt(NOW, Duration.ZERO, 451, "Busy");
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
                        Collections.nCopies(triesBefore, tried),
                        null,
                        null,
                        null,
                        null),
                "digest",
                "claim");
    }
}
