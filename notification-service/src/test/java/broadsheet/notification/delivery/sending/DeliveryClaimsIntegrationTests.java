package broadsheet.notification.delivery.sending;

import static broadsheet.notification.ArticleEvents.ofVersion;
import static broadsheet.notification.delivery.DeliveryExamples.NOW;
import static broadsheet.notification.delivery.DeliveryExamples.byEmail;
import static broadsheet.notification.delivery.DeliveryExamples.delivery;
import static broadsheet.notification.delivery.DeliveryExamples.event;
import static broadsheet.notification.delivery.DeliveryExamples.webhook;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Updates.set;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.notification.ArticleEvents;
import broadsheet.notification.delivery.Deliveries;
import broadsheet.notification.delivery.Delivery;
import broadsheet.notification.delivery.Delivery.Attempt;
import broadsheet.notification.delivery.Delivery.State;
import broadsheet.notification.delivery.EarlierDeliveries;
import broadsheet.notification.delivery.QueueNames;
import broadsheet.notification.delivery.SubscriptionDeliveries;
import broadsheet.notification.delivery.sending.DeliveryClaims.Blocked;
import broadsheet.notification.delivery.sending.DeliveryClaims.Claimed;
import broadsheet.notification.event.PublicEvent;
import broadsheet.notification.subscription.Channel;
import broadsheet.notification.subscription.Subscription;
import broadsheet.testservers.TestServers;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoCollection;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.SimpleReactiveMongoDatabaseFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The queue in the store, without whoever sends from it. */
class DeliveryClaimsIntegrationTests {

    private static final Duration TIME_LIMIT = Duration.ofMinutes(1);

    private static final MongoClient CLIENT = MongoClients.create(TestServers.mongoUri("claims"));

    private final ReactiveMongoTemplate mongo =
            new ReactiveMongoTemplate(new SimpleReactiveMongoDatabaseFactory(CLIENT, "claims-" + UUID.randomUUID()));
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final UnreadableDeliveries unreadable =
            new UnreadableDeliveries(mongo, new DeliveryMetrics(meters), InstantSource.fixed(NOW));
    private final DeliveryClaims claims =
            new DeliveryClaims(mongo, new DigestCompletion(mongo, unreadable), unreadable);
    private final Deliveries deliveries = new Deliveries(mongo);
    private final SubscriptionDeliveries ofSubscription = new SubscriptionDeliveries(mongo, InstantSource.fixed(NOW));
    private final EarlierDeliveries earlier = new EarlierDeliveries(mongo);
    private final Subscription reader = byEmail("reader");
    private final List<PublicEvent> events = IntStream.range(0, 3)
            .mapToObj(number -> event(ArticleEvents.published("article-" + number, "news")))
            .toList();

    @AfterAll
    static void close() {
        CLIENT.close();
    }

    @Test
    void aDigestThatWasFinishedByHalfIsSentAgainWhole() {
        addAll();
        List<Claimed> digest = claimNext(NOW);
        assertThat(digest).hasSize(3);
        finish(digest.subList(0, 2), State.FAILED, NOW.plusSeconds(5)); // and then the store died

        assertThat(claimNext(NOW.plusSeconds(6))).isEmpty();

        List<Claimed> again = claimNext(NOW.plus(DeliveryClaims.CLAIM));
        assertThat(again)
                .hasSize(3)
                .extracting(Claimed::message)
                .containsOnly(digest.get(0).message());
    }

    @Test
    void messagesOfSeveralEventsAreClaimedTogether() {
        List<DueMessage> messages = IntStream.range(0, events.size())
                .mapToObj(number -> delivery(events.get(number), byEmail("reader-" + number)))
                .map(delivery -> new DueMessage(delivery.event(), List.of(delivery)))
                .toList();
        get(deliveries.add(messages.stream()
                .flatMap(message -> message.deliveries().stream())
                .toList()));

        assertThat(get(claims.claim(messages, NOW)))
                .extracting(Claimed::message)
                .containsExactlyInAnyOrderElementsOf(
                        messages.stream().map(DueMessage::id).toList());
    }

    @Test
    void ofADigestThatIsRepeatedAPartIsNoMessage() {
        addAll();
        DueMessage first = next(NOW);
        Set<String> part = Set.of(first.deliveries().get(0).id());
        assertThat(first.only(part)).isPresent();

        finish(claimNext(NOW), State.FAILED, NOW);

        assertThat(next(NOW).only(part)).isEmpty();
    }

    @Test
    void mailsThatWereSentOneByOneAreSentAgainOneByOneWithTheirIds() {
        for (PublicEvent event : events) {
            get(deliveries.add(List.of(delivery(event, reader))));
            finish(claimNext(NOW), State.DELIVERED, null);
        }

        List<String> told =
                events.stream().map(event -> event.notification().id()).toList();
        get(ofSubscription.sendAgain(reader.id(), told, NOW));

        for (int repeated = 0; repeated < events.size(); repeated++) {
            DueMessage message = next(NOW);
            assertThat(message.deliveries()).hasSize(1);
            assertThat(message.id()).isEqualTo(message.deliveries().get(0).event());
            finish(get(claims.claim(List.of(message), NOW)), State.DELIVERED, null);
        }
        assertThat(due(NOW)).isEmpty();
    }

    @Test
    void aDeliveryThatCannotBeReadIsSetAsideAndHoldsUpNobody() {
        addAll();
        String broken = delivery(events.get(0), reader).id();
        get(run(some -> some.updateOne(eq("_id", broken), set("kind", "UNHEARD_OF"))));

        assertThat(due(NOW)).hasSize(2);

        Document aside = get(run(some -> some.find(eq("_id", broken))));
        assertThat(aside.getString("state")).isEqualTo("DEAD");
        assertThat(aside.getString("suppressed")).contains("UNHEARD_OF");
        assertThat(meters.counter("broadsheet.notification.deliveries.unreadable")
                        .count())
                .isEqualTo(1);
        assertThat(due(NOW)).hasSize(2);
        assertThat(meters.counter("broadsheet.notification.deliveries.unreadable")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void aDeliveryThatCannotBeReadIsLeftOutOfListsAndCorrections() {
        PublicEvent published = events.get(0);
        List<Delivery> told = IntStream.range(0, 5)
                .mapToObj(number -> delivery(published, byEmail("reader-" + number)))
                .toList();
        get(deliveries.add(told));
        get(run(some -> some.updateMany(in("_id", told.get(3).id(), told.get(1).id()), set("kind", "UNHEARD_OF"))));
        Bson ofArticle = eq("article", "article-0");

        assertThat(get(deliveries.list(ofArticle, 2).collectList()))
                .extracting(Delivery::subscription)
                .containsExactly("reader-4", "reader-2");
        assertThat(get(deliveries.list(ofArticle, 5).collectList())).hasSize(3);

        get(run(some -> some.updateMany(ofArticle, set("kind", "PUBLISHED"))));
        get(run(some -> some.updateMany(in("_id", told.get(3).id(), told.get(1).id()), set("channel", "PIGEON"))));
        PublicEvent corrected = event(ArticleEvents.corrected("article-0", "news"));
        assertThat(get(earlier.before(corrected, "", 2)))
                .extracting(before -> before.delivery().subscription())
                .containsExactly("reader-0", "reader-2", "reader-4");
    }

    @Test
    void whatIsBeingSentWhenItsCorrectionComesIsMarkedForTheNextTry() {
        PublicEvent published = events.get(0);
        get(deliveries.add(List.of(delivery(published, reader))));
        List<Claimed> sending = claimNext(NOW);
        PublicEvent corrected = event(ArticleEvents.corrected("article-0", "news"));

        earlier.supersede(corrected, Deliveries.CORRECTED, NOW).block(TIME_LIMIT);
        finish(sending, State.FAILED, NOW);

        assertThat(due(NOW))
                .singleElement()
                .satisfies(delivery -> assertThat(delivery.overtakenBy())
                        .isEqualTo(corrected.notification().id()));
    }

    @Test
    void whatIsOvertakenIsToldByTheArticlesVersionWhateverTheClocksSay() {
        PublicEvent published = event(NOW.plusSeconds(2), ofVersion(3, ArticleEvents.published("article-0", "news")));
        PublicEvent withdrawn = event(NOW, ofVersion(4, ArticleEvents.withdrawn("article-0", "news")));
        PublicEvent again = event(NOW.minusSeconds(2), ofVersion(5, ArticleEvents.published("article-0", "news")));
        get(deliveries.add(List.of(delivery(published, reader), delivery(again, reader))));

        earlier.supersede(withdrawn, Deliveries.WITHDRAWN, NOW).block(TIME_LIMIT);

        assertThat(due(NOW))
                .extracting(Delivery::event)
                .containsExactly(again.notification().id());
        assertThat(get(earlier.before(withdrawn, "", 10))).hasSize(1);
    }

    @Test
    void aHostThatTakesNoMoreIsPassedOverAndWhatHasNoneIsNot() {
        PublicEvent event = events.get(0);
        get(deliveries.add(List.of(
                delivery(event, webhook("full-1", "full.example")),
                delivery(event, webhook("full-2", "full.example")),
                delivery(event, webhook("under-way", "other.example")),
                delivery(event, webhook("free", "other.example")),
                delivery(event, reader))));
        List<Integer> all = IntStream.range(0, QueueNames.PARTITIONS).boxed().toList();
        List<String> queues = Stream.of(Channel.WEBHOOK, Channel.EMAIL)
                .flatMap(channel -> QueueNames.of(channel, all).stream())
                .toList();

        assertThat(get(claims.due(queues, new Blocked(List.of("under-way"), List.of("full.example")), NOW, 100)))
                .extracting(Delivery::subscription)
                .containsExactlyInAnyOrder("free", reader.id());
    }

    @Test
    void whereAnErasedWebhookWasReachedIsErasedToo() {
        Delivery delivery = delivery(events.get(0), webhook("erased", "ada.example"));
        get(deliveries.add(List.of(delivery)));

        ofSubscription.onRemoved("erased").block(TIME_LIMIT);

        assertThat(get(run(some -> some.find(eq("_id", delivery.id())))).toJson())
                .contains("unsubscribed")
                .doesNotContain("ada.example");
    }

    private void addAll() {
        get(deliveries.add(events.stream().map(event -> delivery(event, reader)).toList()));
    }

    private List<Delivery> due(Instant now) {
        return get(claims.due(List.of(QueueNames.of(Channel.EMAIL, reader.id())), Blocked.NONE, now, 100));
    }

    private DueMessage next(Instant now) {
        return DueMessage.firstOf(due(now));
    }

    private List<Claimed> claimNext(Instant now) {
        return get(claims.claim(List.of(next(now)), now));
    }

    private void finish(List<Claimed> claimed, State state, @Nullable Instant due) {
        var attempt = new Attempt(NOW, Duration.ZERO, null, null);
        claims.finish(claimed.stream()
                        .map(one -> new ClaimResult(one, state, NOW, attempt, due, null))
                        .toList())
                .block(TIME_LIMIT);
    }

    private <T> Mono<T> run(Function<MongoCollection<Document>, Publisher<T>> work) {
        return Flux.from(mongo.execute(Deliveries.COLLECTION, work::apply)).next();
    }

    private static <T> List<T> get(Flux<List<T>> pages) {
        return get(pages.flatMapIterable(page -> page).collectList());
    }

    private static <T> T get(Mono<T> result) {
        return result.blockOptional(TIME_LIMIT).orElseThrow();
    }
}
