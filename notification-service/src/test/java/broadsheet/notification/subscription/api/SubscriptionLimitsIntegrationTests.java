package broadsheet.notification.subscription.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import broadsheet.notification.NotificationProperties;
import broadsheet.notification.channel.AddressConfirmation;
import broadsheet.notification.channel.DeliveryChannel;
import broadsheet.notification.delivery.RecordingChannel;
import broadsheet.notification.subscription.Channel;
import broadsheet.notification.subscription.ManageTokens;
import broadsheet.notification.subscription.Subscription.State;
import broadsheet.notification.subscription.SubscriptionRemoval;
import broadsheet.notification.subscription.Subscriptions;
import broadsheet.testservers.TestServers;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.SimpleReactiveMongoDatabaseFactory;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.reactive.result.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** How many receivers the subscribers of one network may name, with a store. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SubscriptionLimitsIntegrationTests {

    private static final String FROM = "X-From";

    private final MongoClient mongo = MongoClients.create(TestServers.mongoUri("subscription-limits"));
    private final RecordingChannel webhooks = new RecordingChannel(Channel.WEBHOOK);
    private Subscriptions subscriptions;
    private WebTestClient http;

    @BeforeAll
    void start() {
        NotificationProperties settings = mock(NotificationProperties.class);
        when(settings.webhooksPerNetwork()).thenReturn(2);
        var context = new AnnotationConfigApplicationContext();
        context.registerBean(InstantSource.class, InstantSource::system);
        context.registerBean(NotificationProperties.class, () -> settings);
        context.registerBean(DeliveryChannel.class, () -> webhooks);
        context.registerBean(AddressConfirmation.class, () -> (pending, token, network) -> {});
        context.registerBean(
                ReactiveMongoTemplate.class,
                () -> new ReactiveMongoTemplate(
                        new SimpleReactiveMongoDatabaseFactory(mongo, "limits-" + UUID.randomUUID())));
        context.register(
                Subscriptions.class,
                SubscriptionRemoval.class,
                ManageTokens.class,
                OfferedChannels.class,
                SubscriptionLimits.class,
                SubscriptionController.class);
        context.refresh();
        subscriptions = context.getBean(Subscriptions.class);
        http = WebTestClient.bindToController(context.getBean(SubscriptionController.class))
                .controllerAdvice(new ProblemAdvice())
                .webFilter(SubscriptionLimitsIntegrationTests::comingFrom)
                .configureClient()
                .responseTimeout(Duration.ofMinutes(1))
                .build();
    }

    @AfterAll
    void stop() {
        mongo.close();
    }

    @Test
    void aNetworkNamesSoManyReceiversWhateverTheirNamesAre() {
        subscribed("2001:db8:1::1", "https://a.victim.example/");
        subscribed("2001:db8:1:ffff::1", "https://b.victim.example/");
        subscribe("2001:db8:1:2::3", "https://c.victim.example/").expectStatus().isEqualTo(409);
    }

    @Test
    void nobodyUsesUpAReceiverThatOthersWantToo() {
        subscribed("192.0.2.1", "https://hooks.slack.com/services/a");
        subscribed("192.0.2.1", "https://hooks.slack.com/services/b");
        subscribed("198.51.100.1", "https://hooks.slack.com/services/c");
    }

    @Test
    void whatIsDisabledCountsAgainOnceItIsEnabled() {
        Created first = subscribed("203.0.113.1", "https://receiver.example/1");
        disable(first);
        Created second = subscribed("203.0.113.1", "https://receiver.example/2");
        subscribed("203.0.113.1", "https://receiver.example/3");

        first.change(http).expectStatus().isEqualTo(409);
        assertThat(state(first)).isEqualTo(State.DISABLED);
        second.change(http).expectStatus().isOk();

        disable(second);
        first.change(http).expectStatus().isOk();
        assertThat(state(first)).isEqualTo(State.ACTIVE);
    }

    private static Mono<Void> comingFrom(ServerWebExchange exchange, WebFilterChain chain) {
        String from = exchange.getRequest().getHeaders().getFirst(FROM);
        return from == null
                ? chain.filter(exchange)
                : chain.filter(exchange.mutate()
                        .request(request -> request.remoteAddress(new InetSocketAddress(from, 40_000)))
                        .build());
    }

    private WebTestClient.ResponseSpec subscribe(String from, String url) {
        return http.post()
                .uri("/api/subscriptions")
                .header(FROM, from)
                .bodyValue(Map.of("channel", "webhook", "target", Map.of("url", url)))
                .exchange();
    }

    private Created subscribed(String from, String url) {
        JsonNode created = Objects.requireNonNull(subscribe(from, url)
                .expectStatus()
                .isCreated()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody());
        return new Created(
                created.path("id").asString(), created.path("manageToken").asString());
    }

    private void disable(Created subscription) {
        subscriptions.disable(subscription.id(), "It refused", Instant.now()).block();
    }

    private State state(Created subscription) {
        return Objects.requireNonNull(subscriptions.byId(subscription.id()).block())
                .state();
    }

    private record Created(String id, String token) {

        WebTestClient.ResponseSpec change(WebTestClient http) {
            return http.put()
                    .uri("/api/subscriptions/" + id)
                    .headers(headers -> headers.setBearerAuth(token))
                    .header("If-Match", "\"1\"")
                    .bodyValue(Map.of("filter", Map.of()))
                    .exchange();
        }
    }

    /** As the application has it. */
    @RestControllerAdvice
    static final class ProblemAdvice extends ResponseEntityExceptionHandler {}
}
