package broadsheet.notification.delivery;

import static broadsheet.notification.ArticleEvents.corrected;
import static broadsheet.notification.ArticleEvents.published;
import static broadsheet.notification.ArticleEvents.withdrawn;
import static broadsheet.testservers.PatientAwait.await;
import static com.mongodb.client.model.Filters.eq;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;
import static org.springframework.data.mongodb.core.query.Update.update;

import broadsheet.events.AlertSent;
import broadsheet.events.ArticleMilestone;
import broadsheet.events.Envelope;
import broadsheet.events.EventCodec;
import broadsheet.notification.ArticlesTopicWriter;
import broadsheet.notification.DocumentsById;
import broadsheet.notification.NotificationProperties;
import broadsheet.notification.NotificationService;
import broadsheet.notification.channel.DeliveryChannel;
import broadsheet.notification.channel.DeliveryOutcome;
import broadsheet.notification.channel.OutgoingMessage;
import broadsheet.notification.delivery.Delivery.State;
import broadsheet.notification.delivery.sending.QueueMetrics;
import broadsheet.notification.event.PublicEvent;
import broadsheet.notification.event.StoredEvents;
import broadsheet.notification.subscription.Channel;
import broadsheet.notification.subscription.DisabledSubscriptionRemoval;
import broadsheet.testservers.StaffTokens;
import broadsheet.testservers.TestServers;
import broadsheet.testservers.TestServersInitializer;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

@SpringBootTest(
        classes = {NotificationService.class, DeliveryIntegrationTests.Channels.class},
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.name=broadsheet,notification-service",
            "spring.main.allow-bean-definition-overriding=true",
            "management.defaults.metrics.export.enabled=true",
            "broadsheet.notification.report-alerts-every=200ms",
            "broadsheet.notification.topic=news.articles.${random.uuid}",
            "broadsheet.notification.deliveries-topic=notification.deliveries.${random.uuid}"
        })
@ContextConfiguration(initializers = TestServersInitializer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeliveryIntegrationTests {

    @LocalServerPort
    int port;

    @Autowired
    DeliveryChannel webhookChannel;

    @Autowired
    Deliveries deliveries;

    @Autowired
    DeliveryLedger deliveryLedger;

    private RecordingChannel webhooks;
    private WebTestClient http;
    private ArticlesTopicWriter topic;

    @TestConfiguration(proxyBeanMethods = false)
    static class Channels {

        @Bean
        DeliveryChannel webhookChannel() {
            return new RecordingChannel(Channel.WEBHOOK);
        }

        @Bean
        RecordedSpans recordedSpans() {
            return new RecordedSpans();
        }
    }

    @BeforeAll
    void open(@Autowired NotificationProperties properties) {
        webhooks = (RecordingChannel) webhookChannel;
        http = WebTestClient.bindToServer()
                .baseUrl("http://localhost:" + port)
                .responseTimeout(Duration.ofMinutes(1))
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(4 * 1024 * 1024))
                .build();
        topic = new ArticlesTopicWriter(TestServers.bootstrapServers(), properties.topic());
    }

    @AfterAll
    void close() {
        topic.close();
    }

    @Test
    void whoeverSubscribedIsToldOnceOfWhatMatches() {
        String category = category();
        var subscriber = subscribe(category);
        String article = category + "-1";

        String event = topic.write(published(article, category));
        topic.write(published("other-" + article, "other-" + category));

        await().untilAsserted(() -> assertThat(webhooks.sentTo(subscriber.id()))
                .extracting(OutgoingMessage::id)
                .containsExactly(event));
        await().untilAsserted(() -> assertThat(states(event)).isEqualTo(Map.of(State.DELIVERED, 1L)));
    }

    @Test
    void aCorrectionAndAWithdrawalReachWhoWasTold() {
        String category = category();
        var early = subscribe(category);
        String article = category + "-1";
        topic.write(published(article, category));
        await().untilAsserted(() -> assertThat(webhooks.told(early.id())).hasSize(1));
        var late = subscribe(category);

        topic.write(corrected(article, category));
        await().untilAsserted(() -> assertThat(webhooks.told(early.id())).hasSize(2));
        topic.write(withdrawn(article, category));

        await().untilAsserted(() -> assertThat(webhooks.told(early.id()))
                .containsExactly("PUBLISHED " + article, "CORRECTED " + article, "WITHDRAWN " + article));
        assertThat(webhooks.told(late.id())).isEmpty();
    }

    @Test
    void aSlowReceiverHoldsUpNobodyElse() {
        String category = category();
        var slow = subscribe(category);
        webhooks.answer(slow.id(), Mono.never());
        var quick = subscribe(category);

        topic.write(published(category + "-1", category));
        topic.write(published(category + "-2", category));

        await().untilAsserted(() -> assertThat(webhooks.told(quick.id()))
                .containsExactlyInAnyOrder("PUBLISHED " + category + "-1", "PUBLISHED " + category + "-2"));
        assertThat(webhooks.told(slow.id())).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void whatWaitsForASlowReceiverHoldsUpNobodyElseHoweverMuchItIs() {
        String category = category();
        var slow = subscribe(category);
        webhooks.answer(slow.id(), Mono.never());
        String event = topic.write(published(category + "-1", category));
        await().untilAsserted(() -> assertThat(states(event)).isEqualTo(Map.of(State.SENDING, 1L)));
        Delivery sending = Objects.requireNonNull(
                deliveries.list(eq("subscription", slow.id()), 1).blockFirst());

        deliveries
                .add(IntStream.range(0, 1_500)
                        .mapToObj(number -> longDue(sending, "event-" + number))
                        .toList())
                .block();
        var quick = subscribe(category);
        topic.write(published(category + "-2", category));

        await().untilAsserted(
                        () -> assertThat(webhooks.told(quick.id())).containsExactly("PUBLISHED " + category + "-2"));
        assertThat(webhooks.told(slow.id())).hasSize(1);
    }

    private static Delivery longDue(Delivery like, String event) {
        return new Delivery(
                Delivery.id(event, like.subscription()),
                event,
                like.article(),
                like.version(),
                like.kind(),
                like.eventTime(),
                like.subscription(),
                like.channel(),
                like.host(),
                State.SCHEDULED,
                like.why(),
                false,
                false,
                like.createdAt(),
                Instant.EPOCH,
                null,
                List.of(),
                null,
                null,
                null,
                null);
    }

    @Test
    void aMessageThatFailedIsTriedAgainWithItsId() {
        String category = category();
        var subscriber = subscribe(category);
        webhooks.answer(subscriber.id(), Mono.just(new DeliveryOutcome.Failed(503, "Busy", null)));

        String event = topic.write(published(category + "-1", category));
        await().untilAsserted(() -> assertThat(states(event)).isEqualTo(Map.of(State.FAILED, 1L)));
        webhooks.answer(subscriber.id(), Mono.just(new DeliveryOutcome.Delivered(200)));

        await().untilAsserted(() -> assertThat(states(event)).isEqualTo(Map.of(State.DELIVERED, 1L)));
        assertThat(webhooks.sentTo(subscriber.id()))
                .extracting(OutgoingMessage::id)
                .containsExactly(event, event);
    }

    @Test
    void eachAttemptContinuesTheTraceThatTheEventBeganIn(@Autowired RecordedSpans spans) {
        String category = category();
        var subscriber = subscribe(category);
        webhooks.answer(subscriber.id(), Mono.just(new DeliveryOutcome.Failed(503, "Busy", null)));

        topic.write(
                EventCodec.encode(Envelope.of("/article-service", Instant.now(), published(category + "-1", category)))
                        .withHeader("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
                        .toRecord());
        await().untilAsserted(() -> assertThat(spans.of(subscriber.id())).hasSize(1));
        webhooks.answer(subscriber.id(), Mono.just(new DeliveryOutcome.Delivered(200)));
        await().untilAsserted(() -> assertThat(spans.of(subscriber.id())).hasSize(2));

        assertThat(spans.of(subscriber.id())).allSatisfy(attempt -> {
            assertThat(attempt.getTraceId()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
            assertThat(attempt.getParentSpanId()).isEqualTo("00f067aa0ba902b7");
            assertThat(attempt.getName()).isEqualTo("alert by webhook");
        });
        assertThat(spans.of(subscriber.id()))
                .extracting(attempt -> attempt.getAttributes().get(AttributeKey.stringKey("outcome")))
                .containsExactly("failed", "delivered");
        assertThat(webhooks.tracesOf(subscriber.id()))
                .containsExactlyElementsOf(spans.of(subscriber.id()).stream()
                        .map(attempt -> "00-%s-%s-01".formatted(attempt.getTraceId(), attempt.getSpanId()))
                        .toList());
    }

    @Test
    void aReceiverThatRefusesIsDisabledAndItsHolderSeesWhy() {
        String category = category();
        var subscriber = subscribe(category);
        webhooks.answer(subscriber.id(), Mono.just(new DeliveryOutcome.Refused(410, "Gone")));

        topic.write(published(category + "-1", category));

        await().untilAsserted(() ->
                assertThat(subscriber.read().path("state").asString()).isEqualTo("disabled"));
        assertThat(subscriber.read().at("/disabled/reason").asString()).contains("Gone");
        assertThat(subscriber.get("/deliveries").at("/items/0/status").asString())
                .isEqualTo("dead");
    }

    @Test
    void whatIsTooOldToBeKeptIsNotToldWhenTheTopicIsReadAnew(@Autowired ReactiveMongoTemplate mongo) {
        String category = category();
        var subscriber = subscribe(category);
        mongo.updateFirst(
                        query(where("_id").is(subscriber.id())),
                        update("activeSince", Instant.now().minus(Duration.ofDays(100))),
                        "notificationSubscriptions")
                .block();
        topic.write(EventCodec.encode(Envelope.of(
                        "/article-service",
                        Instant.now().minus(Duration.ofDays(91)),
                        published(category + "-old", category)))
                .toRecord());
        String event = topic.write(published(category + "-old", category)); // of the same key, so read after it

        await().untilAsserted(() -> assertThat(states(event)).isEqualTo(Map.of(State.DELIVERED, 1L)));
        assertThat(webhooks.told(subscriber.id())).hasSize(1);
    }

    @Test
    void aCorrectionStandsForAPublicationThatWasNeverRead(@Autowired ReactiveMongoTemplate mongo) {
        String category = category();
        var early = subscribe(category);
        mongo.updateFirst(
                        query(where("_id").is(early.id())),
                        update("activeSince", Instant.now().minus(Duration.ofDays(9))),
                        "notificationSubscriptions")
                .block();
        var late = subscribe(category);
        String article = category + "-1";

        topic.write(corrected(article, category, Instant.now().minus(Duration.ofDays(8))));
        await().untilAsserted(() -> assertThat(webhooks.told(early.id())).containsExactly("CORRECTED " + article));
        String second = topic.write(corrected(article, category, Instant.now().minus(Duration.ofDays(8))));

        await().untilAsserted(() -> assertThat(states(second)).isEqualTo(Map.of(State.DELIVERED, 1L)));
        assertThat(webhooks.told(early.id())).hasSize(2);
        assertThat(webhooks.told(late.id())).isEmpty();
    }

    @Test
    void aMilestoneWaitsForAnArticleThatIsReadLater() {
        String category = category();
        var subscriber = subscribe(Map.of("categories", List.of(category), "events", List.of("milestone")));
        String article = category + "-1";

        topic.write(milestone(article));
        topic.write(published(article, category)); // of the same key, so read after it

        await().untilAsserted(() -> assertThat(webhooks.told(subscriber.id())).containsExactly("MILESTONE " + article));
    }

    @Test
    void aMilestoneOfAnArticleFromLongAgoIsTold() {
        String category = category();
        var subscriber = subscribe(Map.of("categories", List.of(category), "events", List.of("milestone")));
        String article = category + "-1";

        topic.write(EventCodec.encode(Envelope.of(
                        "/article-service", Instant.now().minus(Duration.ofDays(91)), published(article, category)))
                .toRecord());
        topic.write(milestone(article));

        await().untilAsserted(() -> assertThat(webhooks.told(subscriber.id())).containsExactly("MILESTONE " + article));
    }

    @Test
    void whatWasDisabledLongAgoIsDeleted(
            @Autowired ReactiveMongoTemplate mongo, @Autowired DisabledSubscriptionRemoval removal) {
        var longAgo = subscribe(category());
        var lately = subscribe(category());
        disable(mongo, longAgo, Instant.now().minus(Duration.ofDays(91)));
        disable(mongo, lately, Instant.now().minus(Duration.ofDays(89)));

        removal.run().block();

        http.get()
                .uri("/api/subscriptions/" + longAgo.id())
                .headers(headers -> headers.setBearerAuth(longAgo.token()))
                .exchange()
                .expectStatus()
                .isNotFound();
        assertThat(lately.read().path("state").asString()).isEqualTo("disabled");
    }

    private static void disable(ReactiveMongoTemplate mongo, Subscriber subscriber, Instant time) {
        mongo.updateFirst(
                        query(where("_id").is(subscriber.id())),
                        update("state", "DISABLED").set("disabled", Map.of("at", time, "reason", "It refused")),
                        "notificationSubscriptions")
                .block();
    }

    @Test
    void redeliveryIsAskedForOnceInAWhile() {
        var subscriber = subscribe(category());
        subscriber.post("/redelivery", Map.of("since", "2026-01-01T00:00:00Z"));

        http.post()
                .uri("/api/subscriptions/" + subscriber.id() + "/redelivery")
                .headers(headers -> headers.setBearerAuth(subscriber.token()))
                .bodyValue(Map.of("since", "2026-01-01T00:00:00Z"))
                .exchange()
                .expectStatus()
                .isEqualTo(429)
                .expectHeader()
                .valueEquals("Retry-After", "600");
    }

    @Test
    void aWrongTokenIsAnsweredLikeAnUnknownSubscription() {
        var subscriber = subscribe(category());
        for (String id : List.of(subscriber.id(), "unheard-of")) {
            http.get()
                    .uri("/api/subscriptions/" + id)
                    .headers(headers -> headers.setBearerAuth("wrong"))
                    .exchange()
                    .expectStatus()
                    .isNotFound();
            http.delete()
                    .uri("/api/subscriptions/" + id)
                    .exchange()
                    .expectStatus()
                    .isUnauthorized();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'channel': 'pigeon', 'target': {'url': 'https://a.example/'}} | channel",
                "{'channel': 'webhook'} | target",
                "{'channel': 'webhook', 'target': {'address': 'a@b.example', 'url': 'https://a.example/'}} | target.address",
                "{'channel': 'webhook', 'target': {}} | target.url",
                "{'channel': 'webhook', 'target': {'url': 'https://a.example/'}, 'digest': 'daily'} | digest",
                "{'channel': 'webhook', 'target': {'url': ' https://a.example/'}} | target.url",
                "{'channel': 'webhook', 'target': {'url': 'https://a.example/'}, 'zone': 'Mars/Base'} | zone",
                "{'channel': 'webhook', 'target': {'url': 'https://a.example/'}, 'language': '!'} | language",
                "{'channel': 'webhook', 'target': {'url': 'https://a.example/'}, 'surprise': 1} | surprise",
                "{'channel': 'webhook', 'target': {'url': 'https://a.example/'}, 'filter': {'keywords': ['!']}} | filter.keywords",
                "{'channel': 'webhook', 'target': {'url': 'https://a.example/', 'contact': 'no mail'}} | target.contact",
                "{'channel': 'webpush', 'target': {'endpoint': 'https://a.example/', 'keys': {'p256dh': 'BObE7cqCmFrGEjyihsUlC8qTTVYP-_oEG_ZNvQVzPFrlZkXw6RIHy0C2WMDeL4iSm4apPAGHI62pY4xscX5zTb8', 'auth': 'jMMvjE6xof1337whRfQLMQ'}}, 'quietHours': {}} | quietHours.from",
                "{'channel': 'email', 'target': {'address': 'a@b.example'}} | channel"
            })
    void badInputIsNamed(String body, String field) {
        http.post()
                .uri("/api/subscriptions")
                .header("Content-Type", "application/json")
                .bodyValue(body.replace('\'', '"'))
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo(field);
    }

    @Test
    void theLedgerOfAnArticleBalances() {
        String category = category();
        subscribe(category);
        var refusing = subscribe(category);
        webhooks.answer(refusing.id(), Mono.just(new DeliveryOutcome.Refused(410, "Gone")));
        String article = category + "-1";

        topic.write(published(article, category));

        await().untilAsserted(() -> {
            JsonNode entry = ledger(article);
            assertThat(entry.path("matched").asInt()).isEqualTo(2);
            assertThat(entry.path("delivered").asInt()).isEqualTo(1);
            assertThat(entry.path("dead").asInt()).isEqualTo(1);
            assertThat(entry.path("balanced").asBoolean()).isTrue();
        });
    }

    @Test
    void whatWasToldIsToldAgainSinceATime() {
        String category = category();
        var subscriber = subscribe(category);
        String event = topic.write(published(category + "-1", category));
        await().untilAsserted(() -> assertThat(states(event)).isEqualTo(Map.of(State.DELIVERED, 1L)));

        subscriber.post("/redelivery", Map.of("since", "2026-01-01T00:00:00Z"));

        await().untilAsserted(() -> assertThat(webhooks.sentTo(subscriber.id()))
                .extracting(OutgoingMessage::id)
                .containsExactly(event, event));
    }

    @Test
    void whatWasToldOfAnArticleWithdrawnSinceStaysDelivered() {
        String category = category();
        var subscriber = subscribe(category);
        String event = topic.write(published(category + "-1", category));
        await().untilAsserted(() -> assertThat(states(event)).isEqualTo(Map.of(State.DELIVERED, 1L)));
        String withdrawal = topic.write(withdrawn(category + "-1", category));
        await().untilAsserted(() -> assertThat(states(withdrawal)).isEqualTo(Map.of(State.DELIVERED, 1L)));

        subscriber.post("/redelivery", Map.of("since", "2026-01-01T00:00:00Z"));

        await().untilAsserted(() -> assertThat(webhooks.sentTo(subscriber.id()))
                .extracting(OutgoingMessage::id)
                .containsExactly(event, withdrawal, withdrawal));
        assertThat(states(event)).isEqualTo(Map.of(State.DELIVERED, 1L));
    }

    @Test
    void whoeverIsAboutToBeToldAgainHearsOfAWithdrawal() {
        String category = category();
        var subscriber = subscribe(category);
        List<String> articles = List.of(category + "-1", category + "-2");
        articles.forEach(article -> topic.write(published(article, category)));
        await().untilAsserted(() -> assertThat(articles)
                .allSatisfy(article ->
                        assertThat(ledger(article).path("delivered").asInt()).isEqualTo(1)));
        webhooks.answer(subscriber.id(), Mono.never());
        subscriber.post("/redelivery", Map.of("since", "2026-01-01T00:00:00Z"));
        await().untilAsserted(() -> assertThat(webhooks.told(subscriber.id())).hasSize(3)); // and the other one waits

        List<String> withdrawals = articles.stream()
                .map(article -> topic.write(withdrawn(article, category)))
                .toList();

        await().untilAsserted(() -> assertThat(withdrawals)
                .allSatisfy(withdrawal -> assertThat(states(withdrawal)).isEqualTo(Map.of(State.SCHEDULED, 1L))));
    }

    @Test
    void operatorsSeeWhyASubscriberWasToldAndWhyNot() {
        String category = category();
        var told = subscribe(category);
        var other = subscribe("other-" + category);
        String article = category + "-1";
        String event = topic.write(published(article, category));
        await().untilAsserted(() -> assertThat(states(event)).isEqualTo(Map.of(State.DELIVERED, 1L)));
        String explained = "/api/deliveries/explanations?article={article}&subscription={subscription}";

        JsonNode why = asOperator(explained, article, told.id()).at("/items/0");
        assertThat(why.path("event").asString()).isEqualTo(event);
        assertThat(why.at("/delivery/status").asString()).isEqualTo("delivered");
        assertThat(why.at("/delivery/why").valueStream().map(JsonNode::asString))
                .containsExactly("events: published", "categories: " + category);
        assertThat(why.path("whyNot").isNull()).isTrue();

        JsonNode whyNot = asOperator(explained, article, other.id()).at("/items/0");
        assertThat(whyNot.path("whyNot").asString()).isEqualTo("the filter does not match");
        assertThat(whyNot.at("/filter/conditions/1/field").asString()).isEqualTo("categories");
        assertThat(whyNot.at("/filter/conditions/1/matched").isNull()).isTrue();
        get(explained, article, "nobody").expectStatus().isNotFound();
    }

    @Test
    void operatorsSeeWhoSubscribedAndWhatWaits(@Autowired QueueMetrics metrics, @Autowired MeterRegistry meters) {
        String category = category();
        var slow = subscribe(category);
        webhooks.answer(slow.id(), Mono.never());
        String event = topic.write(published(category + "-1", category));
        await().untilAsserted(() -> assertThat(states(event)).isEqualTo(Map.of(State.SENDING, 1L)));

        metrics.run().block();

        assertThat(meters.get("broadsheet.notification.subscriptions")
                        .tags("channel", "webhook", "state", "active")
                        .gauge()
                        .value())
                .isPositive();
        assertThat(meters.get("broadsheet.notification.deliveries.pending")
                        .tags("channel", "webhook", "state", "sending")
                        .gauge()
                        .value())
                .isPositive();
        assertThat(meters.get("broadsheet.notification.retry.queue.age")
                        .tags("channel", "email")
                        .gauge()
                        .value())
                .isZero();
    }

    @Test
    void howManyWereSentIsSaidForEachChannel() {
        String category = category();
        subscribe(category);
        subscribe(category);
        String event = topic.write(published(category + "-1", category));

        try (var alerts = new ReportedAlerts(TestServers.bootstrapServers())) {
            await().untilAsserted(() -> assertThat(alerts.newest(event + ".webhook"))
                    .hasValueSatisfying(alert -> {
                        assertThat(alert.sent()).isEqualTo(2);
                        assertThat(alert.failed() + alert.waiting()).isZero();
                        assertThat(alert.articleId()).isEqualTo(category + "-1");
                        assertThat(alert.channel()).isEqualTo(AlertSent.Channel.WEBHOOK);
                    }));
        }
    }

    @Test
    void theDashboardAndTheRulesAskForMetricsThatThereAre(@Autowired QueueMetrics metrics) throws IOException {
        String category = category();
        subscribe(category);
        String event = topic.write(published(category + "-1", category));
        await().untilAsserted(() -> assertThat(states(event)).isEqualTo(Map.of(State.DELIVERED, 1L)));
        metrics.run().block();

        String asked = Files.readString(Path.of("../containers/observability/dashboards/alerts.json"))
                + Files.readString(Path.of("../containers/observability/rules.yml"));
        List<String> wanted = Pattern.compile("broadsheet_notification_\\w+")
                .matcher(asked)
                .results()
                .map(MatchResult::group)
                .distinct()
                .toList();

        assertThat(wanted).hasSizeGreaterThan(5);
        String scraped = Objects.requireNonNull(get("/actuator/prometheus")
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody());
        Set<String> known =
                scraped.lines().map(line -> line.split("[{ ]", 2)[0]).collect(Collectors.toSet());
        assertThat(known).containsAll(wanted);
    }

    @Test
    void whatIsOlderThanItIsKeptIsRemoved(
            @Autowired StoredEvents events, @Autowired NotificationProperties properties) {
        String category = category();
        subscribe(category);
        String event = topic.write(published(category + "-1", category));
        await().untilAsserted(() -> assertThat(states(event)).isEqualTo(Map.of(State.DELIVERED, 1L)));
        Instant happened = stored(events, event).orElseThrow().notification().time();
        InstantSource justInTime = () -> happened.plus(properties.keptFor());
        InstantSource late = () -> justInTime.instant().plusMillis(1);

        new OldDeliveryRemoval(deliveries, events, properties, justInTime).run().block();
        assertThat(states(event)).isNotEmpty();
        new OldDeliveryRemoval(deliveries, events, properties, late).run().block();

        assertThat(states(event)).isEmpty();
        assertThat(stored(events, event)).isEmpty();
    }

    private JsonNode asOperator(String uri, Object... values) {
        return Objects.requireNonNull(get(uri, values)
                .expectStatus()
                .isOk()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody());
    }

    private WebTestClient.ResponseSpec get(String uri, Object... values) {
        return http.get()
                .uri(uri, values)
                .headers(headers -> headers.setBearerAuth(StaffTokens.of("olga", "OPERATOR")))
                .exchange();
    }

    @Test
    void theLedgerBalancesOnceSomebodyIsToldLater() {
        String category = category();
        String article = category + "-1";
        String event = topic.write(published(article, category));
        await().untilAsserted(() ->
                assertThat(ledger(article).path("balanced").asBoolean()).isTrue());

        subscribe(category).post("/redelivery", Map.of("since", "2026-01-01T00:00:00Z"));

        await().untilAsserted(() -> assertThat(states(event)).isEqualTo(Map.of(State.DELIVERED, 1L)));
        assertThat(ledger(article).path("matched").asInt()).isEqualTo(1);
        assertThat(ledger(article).path("balanced").asBoolean()).isTrue();
    }

    @Test
    void aChannelThatThrowsStopsNoOtherMessage() {
        String category = category();
        var unsendable = subscribe(category);
        webhooks.throwFor(unsendable.id());
        String event = topic.write(published(category + "-1", category));
        await().untilAsserted(() -> assertThat(states(event)).isEqualTo(Map.of(State.FAILED, 1L)));

        var other = subscribe(category);
        topic.write(published(category + "-2", category));

        await().untilAsserted(
                        () -> assertThat(webhooks.told(other.id())).containsExactly("PUBLISHED " + category + "-2"));
    }

    @Test
    void theLedgerBalancesThoughTheServiceWasKilledOnceItHadAddedSomebody(@Autowired StoredEvents events) {
        String category = category();
        String article = category + "-1";
        String event = topic.write(published(article, category));
        await().untilAsserted(() ->
                assertThat(ledger(article).path("balanced").asBoolean()).isTrue());
        PublicEvent stored = stored(events, event).orElseThrow();

        deliveries
                .addLate(List.of(DeliveryExamples.delivery(stored, DeliveryExamples.webhook(category, "a.example"))))
                .block();

        assertThat(ledger(article).path("matched").asInt()).isEqualTo(1);
        assertThat(ledger(article).path("balanced").asBoolean()).isTrue();
    }

    private static Optional<PublicEvent> stored(StoredEvents events, String id) {
        return events.byIds(List.of(id))
                .map(DocumentsById::found)
                .blockOptional()
                .map(found -> found.get(id));
    }

    private Map<State, Long> states(String event) {
        return Objects.requireNonNull(deliveryLedger.ofEvent(event).block()).byState();
    }

    private JsonNode ledger(String article) {
        return asOperator("/api/deliveries/ledger?article={article}", article).at("/items/0");
    }

    private static String category() {
        return "c" + UUID.randomUUID();
    }

    /** In the topic of its article, so that it is known which of them is read first. */
    private static ProducerRecord<String, byte[]> milestone(String article) {
        var milestone = new ArticleMilestone(article, ArticleMilestone.Kind.HITS_REACHED, 1_000, Instant.now());
        return EventCodec.encode(Envelope.of("/stats-service", Instant.now(), milestone))
                .toRecord();
    }

    private Subscriber subscribe(String category) {
        return subscribe(Map.of("categories", List.of(category)));
    }

    private Subscriber subscribe(Map<String, List<String>> filter) {
        JsonNode created = Objects.requireNonNull(http.post()
                .uri("/api/subscriptions")
                .bodyValue(Map.of(
                        "channel",
                        "webhook",
                        "target",
                        Map.of("url", "https://" + UUID.randomUUID() + ".example/"),
                        "filter",
                        filter))
                .exchange()
                .expectStatus()
                .isCreated()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody());
        return new Subscriber(
                http, created.path("id").asString(), created.path("manageToken").asString());
    }

    private record Subscriber(WebTestClient http, String id, String token) {

        JsonNode read() {
            return get("");
        }

        JsonNode get(String path) {
            return Objects.requireNonNull(http.get()
                    .uri("/api/subscriptions/" + id + path)
                    .headers(headers -> headers.setBearerAuth(token))
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectBody(JsonNode.class)
                    .returnResult()
                    .getResponseBody());
        }

        void post(String path, Object body) {
            http.post()
                    .uri("/api/subscriptions/" + id + path)
                    .headers(headers -> headers.setBearerAuth(token))
                    .bodyValue(body)
                    .exchange()
                    .expectStatus()
                    .is2xxSuccessful();
        }
    }
}
