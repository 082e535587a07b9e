package broadsheet.notification.webhook;

import static broadsheet.notification.ArticleEvents.corrected;
import static broadsheet.notification.ArticleEvents.milestone;
import static broadsheet.notification.ArticleEvents.published;
import static broadsheet.notification.ArticleEvents.withdrawn;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import broadsheet.events.ArticleChanged;
import broadsheet.events.ArticleMilestone;
import broadsheet.events.Envelope;
import broadsheet.notification.AsyncApiDocument;
import broadsheet.notification.channel.DeliveryOutcome;
import broadsheet.notification.channel.DeliveryOutcome.Delivered;
import broadsheet.notification.channel.DeliveryOutcome.Failed;
import broadsheet.notification.channel.DeliveryOutcome.Refused;
import broadsheet.notification.channel.OutgoingMessage;
import broadsheet.notification.channel.OutgoingMessage.Kind;
import broadsheet.notification.event.EventFilter;
import broadsheet.notification.event.PublicEvent;
import broadsheet.notification.outbound.LocalReceivers;
import broadsheet.notification.outbound.OutboundClient;
import broadsheet.notification.outbound.Receiver;
import broadsheet.notification.subscription.DigestFrequency;
import broadsheet.notification.subscription.Subscription;
import broadsheet.notification.subscription.Target.WebhookTarget;
import broadsheet.notification.subscription.WebhookSecret;
import broadsheet.web.problem.InvalidFieldException;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import io.micrometer.tracing.otel.bridge.OtelSpan;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Webhooks as a receiver gets them. */
class WebhookChannelTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final WebhookSecret CURRENT =
            new WebhookSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw+3pVp1vVKZc=", null);
    private static final WebhookSecret OTHER =
            new WebhookSecret("whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", null);

    private final OutboundClient client = LocalReceivers.client(Duration.ofSeconds(2));
    private final WebhookChannel channel = new WebhookChannel(
            LocalReceivers.urls(), client, new WebhookProperties("https://news.example"), JSON, InstantSource.system());

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void theReferenceLibraryVerifiesWhatIsSent() throws Exception {
        Received received = sent(Kind.ALERT, List.of(CURRENT), published("a1", "campus"));
        assertThatCode(() -> received.verify(CURRENT)).doesNotThrowAnyException();
        assertThatThrownBy(() -> received.verify(OTHER)).isInstanceOf(WebhookVerificationException.class);
        assertThat(received.headers())
                .containsEntry("webhook-id", List.of("message-1"))
                .containsEntry("content-type", List.of("application/cloudevents+json"));
    }

    @Test
    void theLinkSaysThatAWebhookLedThere() throws Exception {
        Received received = sent(Kind.ALERT, List.of(CURRENT), published("a1", "campus"));

        assertThat(received.json().path("data").path("link").asString())
                .isEqualTo("/news/campus/slug-a1?alert="
                        + received.json().path("id").asString() + ".webhook");
    }

    @Test
    void textInAnyLanguageIsSignedAsItIsSent() throws Exception {
        Received received = sent(Kind.ALERT, List.of(CURRENT), published("文章", "校园"));
        assertThatCode(() -> received.verify(CURRENT)).doesNotThrowAnyException();
        assertThat(received.json().path("subject").asString()).isEqualTo("文章");
    }

    @Test
    void aReplacedSecretSignsTooUntilItsTimeIsOver() throws Exception {
        var replaced = new WebhookSecret(OTHER.value(), Instant.now().plus(Duration.ofHours(1)));
        Received overlapping = sent(Kind.ALERT, List.of(CURRENT, replaced), published("a1", "campus"));
        assertThatCode(() -> overlapping.verify(CURRENT)).doesNotThrowAnyException();
        assertThatCode(() -> overlapping.verify(replaced)).doesNotThrowAnyException();
        assertThat(requireNonNull(overlapping.headers().get("webhook-signature"))
                        .get(0))
                .matches("v1,\\S{44} v1,\\S{44}");

        var over = new WebhookSecret(OTHER.value(), Instant.now().minusMillis(1)); // signed in milliseconds
        Received later = sent(Kind.ALERT, List.of(CURRENT, over), published("a1", "campus"));
        assertThatCode(() -> later.verify(CURRENT)).doesNotThrowAnyException();
        assertThatThrownBy(() -> later.verify(over)).isInstanceOf(WebhookVerificationException.class);
    }

    @Test
    void theBodyIsACloudEventWithTheNotification() throws Exception {
        JsonNode event =
                sent(Kind.ALERT, List.of(CURRENT), published("a1", "campus")).json();
        assertThat(event.propertyNames())
                .containsExactly("specversion", "id", "source", "type", "time", "subject", "datacontenttype", "data");
        assertThat(event.path("specversion").asString()).isEqualTo("1.0");
        assertThat(event.path("source").asString()).isEqualTo("https://news.example");
        assertThat(event.path("type").asString()).isEqualTo("news.notification.article.published.v1");
        assertThat(event.path("subject").asString()).isEqualTo("a1");
        assertThat(event.path("datacontenttype").asString()).isEqualTo("application/json");
        assertThat(event.path("data").path("id")).isEqualTo(event.path("id"));
        assertThat(event.path("data").path("article").path("title").asString()).isEqualTo("Title of a1");
        assertThat(Instant.parse(event.path("time").asString())).isBefore(Instant.now());
    }

    @Test
    void eachBodyAndItsHeadersAreWhatTheAsyncApiDocumentSays() throws Exception {
        check("webhookPublished", sent(Kind.ALERT, List.of(CURRENT), published("a1", "campus")));
        check("webhookCorrected", sent(Kind.ALERT, List.of(CURRENT, OTHER), corrected("a1", "campus")));
        check("webhookWithdrawn", sent(Kind.ALERT, List.of(CURRENT), withdrawn("a1", "campus")));
        check("webhookMilestone", sent(Kind.ALERT, milestone("a1", "campus", ArticleMilestone.Kind.HITS_REACHED)));
        check("webhookMilestone", sent(Kind.ALERT, milestone("a1", "campus", ArticleMilestone.Kind.TRENDING)));
        check("webhookTest", sent(Kind.TEST, List.of(CURRENT)));
    }

    private static void check(String message, Received received) {
        var signed = JSON.createObjectNode();
        received.headers().entrySet().stream()
                .filter(header -> header.getKey().startsWith("webhook-"))
                .forEach(header -> signed.put(header.getKey(), header.getValue().get(0)));
        assertThat(AsyncApiDocument.headerErrors(message, signed)).as(message).isEmpty();
        assertThat(AsyncApiDocument.errors(message, received.json()))
                .as(message)
                .isEmpty();
        assertThat(received.headers().get("content-type"))
                .containsExactly(
                        AsyncApiDocument.message(message).path("contentType").asString());
    }

    @Test
    void aWithdrawalHasNoWordsOfTheArticle() throws Exception {
        Received received = sent(Kind.ALERT, List.of(CURRENT), withdrawn("a1", "campus"));
        assertThat(received.json().path("type").asString()).isEqualTo("news.notification.article.withdrawn.v1");
        assertThat(received.body()).doesNotContain("Title of a1");
    }

    @Test
    void aTestIsSignedLikeAnAlertAndSaysThatItIsOne() throws Exception {
        Received received = sent(Kind.TEST, List.of(CURRENT));
        assertThatCode(() -> received.verify(CURRENT)).doesNotThrowAnyException();
        assertThat(received.json().path("type").asString()).isEqualTo("news.notification.test.v1");
        assertThat(received.json().path("id").asString()).isEqualTo("message-1");
    }

    @Test
    void theReceiverCanContinueTheTrace() throws Exception {
        var trace = new TracingContext();
        trace.setSpan(OtelSpan.fromOtel(Span.wrap(SpanContext.create(
                "4bf92f3577b34da6a3ce929d0e0e4736",
                "00f067aa0ba902b7",
                TraceFlags.getSampled(),
                TraceState.getDefault()))));
        var observations = ObservationRegistry.create();
        observations.observationConfig().observationHandler(context -> true);
        Observation attempt = Observation.createNotStarted("attempt", observations);
        attempt.getContext().put(TracingContext.class, trace);

        try (Receiver receiver = Receiver.answering("HTTP/1.1 204 No Content\r\n\r\n")) {
            channel.send(message(receiver.url(), Kind.ALERT, List.of(CURRENT), told(published("a1", "campus"))))
                    .contextWrite(context -> context.put(ObservationThreadLocalAccessor.KEY, attempt))
                    .block(Duration.ofSeconds(30));
            assertThat(Received.of(receiver.received()).headers())
                    .containsEntry("traceparent", List.of("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"));
        }
        assertThat(sent(Kind.ALERT, List.of(CURRENT), published("a1", "campus")).headers())
                .doesNotContainKey("traceparent");
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204, 299})
    void anySuccessIsDelivered(int status) throws Exception {
        assertThat(outcome("HTTP/1.1 " + status + " Fine\r\n")).isEqualTo(new Delivered(status));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308, 400, 401, 404, 429, 500, 502, 599})
    void anythingElseIsTriedAgain(int status) throws Exception {
        assertThat(outcome("HTTP/1.1 " + status + " No\r\nlocation: http://127.0.0.1:1/\r\n"))
                .isEqualTo(new Failed(status, "answered " + status, null));
    }

    @Test
    void goneEndsTheSubscription() throws Exception {
        assertThat(outcome("HTTP/1.1 410 Gone\r\n")).isEqualTo(new Refused(410, "answered 410"));
    }

    @Test
    void theReceiverSaysWhenToTryAgain() throws Exception {
        assertThat(outcome("HTTP/1.1 503 Busy\r\nretry-after: 90\r\n"))
                .isEqualTo(new Failed(503, "answered 503", Duration.ofSeconds(90)));
    }

    @Test
    void aReceiverThatDoesNotAnswerOrExistIsTriedAgain() throws Exception {
        try (Receiver receiver = Receiver.answering("")) {
            assertThat(send(receiver.url(), Kind.ALERT, List.of(CURRENT), published("a1", "campus")))
                    .isEqualTo(new Failed(null, "no answer in time", null));
        }
        assertThat(send("http://10.0.0.1/", Kind.ALERT, List.of(CURRENT), published("a1", "campus")))
                .isEqualTo(new Failed(null, "its address may not be called", null));
    }

    @Test
    void aUrlThatCannotBeCalledIsRefusedWhereItIsGiven() {
        assertThatThrownBy(() -> channel.check(new WebhookTarget("http://10.0.0.1/", null))
                        .block())
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageContaining("target.url has an address that may not be called");
        assertThatCode(() -> channel.check(new WebhookTarget("http://127.0.0.1:8080/hook", null))
                        .block())
                .doesNotThrowAnyException();
    }

    private Received sent(Kind kind, List<WebhookSecret> secrets, ArticleChanged... events) throws IOException {
        return sent(kind, secrets, told(events));
    }

    private Received sent(Kind kind, PublicEvent event) throws IOException {
        return sent(kind, List.of(CURRENT), List.of(event));
    }

    private Received sent(Kind kind, List<WebhookSecret> secrets, List<PublicEvent> events) throws IOException {
        try (Receiver receiver = Receiver.answering("HTTP/1.1 204 No Content\r\n\r\n")) {
            assertThat(send(receiver.url(), kind, secrets, events)).isEqualTo(new Delivered(204));
            return Received.of(receiver.received());
        }
    }

    private DeliveryOutcome outcome(String head) throws IOException {
        try (Receiver receiver = Receiver.answering(head + "content-length: 0\r\n\r\n")) {
            return send(receiver.url(), Kind.ALERT, List.of(CURRENT), published("a1", "campus"));
        }
    }

    private DeliveryOutcome send(String url, Kind kind, List<WebhookSecret> secrets, ArticleChanged... events) {
        return send(url, kind, secrets, told(events));
    }

    private DeliveryOutcome send(String url, Kind kind, List<WebhookSecret> secrets, List<PublicEvent> events) {
        return requireNonNull(channel.send(message(url, kind, secrets, events)).block(Duration.ofSeconds(30)));
    }

    private static OutgoingMessage message(
            String url, Kind kind, List<WebhookSecret> secrets, List<PublicEvent> events) {
        return new OutgoingMessage("message-1", subscription(url, secrets), events, kind);
    }

    private static List<PublicEvent> told(ArticleChanged... events) {
        return Arrays.stream(events)
                .map(event -> PublicEvent.of(
                                Envelope.of("/article-service", Instant.now(), event), JSON::writeValueAsString)
                        .orElseThrow())
                .toList();
    }

    private static Subscription subscription(String url, List<WebhookSecret> secrets) {
        return new Subscription(
                "subscription-1",
                1,
                Subscription.State.ACTIVE,
                new WebhookTarget(url, null),
                EventFilter.everything(),
                new Subscription.Schedule(DigestFrequency.NONE, null, ZoneOffset.UTC),
                Locale.ENGLISH,
                "hash",
                secrets,
                null,
                Instant.EPOCH,
                Instant.EPOCH,
                null,
                null);
    }

    /** A request, taken apart. */
    private record Received(Map<String, List<String>> headers, String body) {

        static Received of(String request) {
            int end = request.indexOf("\r\n\r\n");
            Map<String, List<String>> headers = request.substring(0, end)
                    .lines()
                    .skip(1)
                    .map(line -> line.split(": ", 2))
                    .collect(Collectors.toMap(line -> line[0].toLowerCase(Locale.ROOT), line -> List.of(line[1])));
            return new Received(headers, request.substring(end + 4));
        }

        JsonNode json() {
            return JSON.readTree(body);
        }

        void verify(WebhookSecret secret) throws WebhookVerificationException {
            new Webhook(secret.value()).verify(body, headers);
        }
    }
}
