package broadsheet.notification.webpush;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import broadsheet.events.ArticleChanged;
import broadsheet.events.ArticleMilestone;
import broadsheet.events.ArticlePublished;
import broadsheet.events.ArticleSnapshot;
import broadsheet.events.Envelope;
import broadsheet.notification.ArticleEvents;
import broadsheet.notification.AsyncApiDocument;
import broadsheet.notification.NotificationProperties;
import broadsheet.notification.channel.DeliveryOutcome;
import broadsheet.notification.channel.DeliveryOutcome.Delivered;
import broadsheet.notification.channel.DeliveryOutcome.Failed;
import broadsheet.notification.channel.DeliveryOutcome.Refused;
import broadsheet.notification.channel.OutgoingMessage;
import broadsheet.notification.channel.OutgoingMessage.Kind;
import broadsheet.notification.event.EventFilter;
import broadsheet.notification.event.PublicEvent;
import broadsheet.notification.outbound.OutboundClient;
import broadsheet.notification.outbound.OutboundClients;
import broadsheet.notification.subscription.DigestFrequency;
import broadsheet.notification.subscription.Subscription;
import broadsheet.notification.subscription.Target.WebPushTarget;
import broadsheet.web.problem.InvalidFieldException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class WebPushChannelTests {

    private static final Instant NOW = Instant.parse("2026-11-27T10:00:00Z");
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration TIME_LIMIT = Duration.ofMinutes(1);

    private final VapidKeyPair keys = VapidKeyPair.of(VapidKeyPair.generate());
    private final OutboundClient client = OutboundClients.toLoopback();
    private PushServer server;
    private Browser browser;
    private WebPushChannel channel;

    @BeforeEach
    void start() throws Exception {
        server = new PushServer();
        browser = Browser.subscribed();
        channel = channel("mailto:desk@news.example", "https://news.example/");
    }

    @AfterEach
    void stop() {
        server.close();
        client.close();
    }

    private WebPushChannel channel(String subject, String baseUrl) {
        var settings = new WebPushProperties(subject, Duration.ofHours(6), "The News", baseUrl);
        return new WebPushChannel(
                new PushServices(client, new VapidKeys(Mono.just(keys)), settings, InstantSource.fixed(NOW)),
                new PushPayloadWriter(settings),
                OutboundClients.checks(),
                new Binder(new MapConfigurationPropertySource()).bindOrCreate("none", NotificationProperties.class),
                JSON);
    }

    @Test
    void theBrowserAloneReadsAnAlertAndThePushServiceKnowsWhoSentIt() throws Exception {
        PublicEvent told = published("a", "Title of a");
        assertThat(send(told)).isEqualTo(new Delivered(201));

        var pushed = server.pushed().get(0);
        assertThat(read(pushed))
                .isEqualTo(JSON.readTree("""
                {"id": "message", "type": "article.published", "title": "Title of a", "body": "Short",
                 "url": "https://news.example/news/campus/slug-a?alert=%s.webpush", "tag": "a"}""".formatted(told.notification().id())));
        assertThat(pushed.headers().getFirst("Content-Encoding")).isEqualTo("aes128gcm");
        assertThat(pushed.headers().getFirst("TTL")).isEqualTo("21600");
        assertThat(pushed.headers().getFirst("Urgency")).isEqualTo("normal");
        assertThat(pushed.headers().getFirst("Topic")).matches("[A-Za-z0-9_-]{32}");
        assertThat(pushed.key()).isEqualTo(keys.publicKey());
        var claims = pushed.signature().getJWTClaimsSet();
        assertThat(claims.getAudience()).containsExactly(server.origin());
        assertThat(claims.getSubject()).isEqualTo("mailto:desk@news.example");
        assertThat(claims.getExpirationTime().toInstant()).isBetween(NOW, NOW.plus(Duration.ofHours(24)));
    }

    @Test
    void aCorrectionReplacesTheAlertThatItCorrectsAndNoOther() throws Exception {
        send(published("a", "Title"));
        send(event(ArticleEvents.corrected("a", "science")));
        send(event(ArticleEvents.withdrawn("a", "science")));
        send(published("b", "Title"));
        assertThat(read(server.pushed().get(1)).path("body").asString()).isEqualTo(ArticleEvents.CORRECTION);
        var topics = server.pushed().stream()
                .map(pushed -> pushed.headers().getFirst("Topic"))
                .toList();
        assertThat(topics.get(1)).isEqualTo(topics.get(0));
        assertThat(topics.get(2)).isEqualTo(topics.get(0));
        assertThat(topics.get(3)).isNotEqualTo(topics.get(0));
    }

    @Test
    void whatWasWithdrawnIsNotToldAgain() throws Exception {
        send(event(ArticleEvents.withdrawn("a", "science")));
        JsonNode payload = read(server.pushed().get(0));
        assertThat(payload.path("title").asString()).isEqualTo("Withdrawn: an article in Name of science");
        assertThat(payload.path("tag").asString()).isEqualTo("a");
        assertThat(payload.toString()).doesNotContain("Title of", "library");
    }

    @Test
    void whateverIsPushedIsWhatTheAsyncApiDocumentSays() throws Exception {
        send(published("a", "Title"));
        send(event(ArticleEvents.corrected("a", "science")));
        send(event(ArticleEvents.withdrawn("a", "science")));
        send(ArticleEvents.milestone("a", "science", ArticleMilestone.Kind.TRENDING));
        send(new OutgoingMessage("digest-1", subscription(), List.of(published("a", "First")), Kind.DIGEST));
        send(new OutgoingMessage("test-1", subscription(), List.of(), Kind.TEST));
        assertThat(server.pushed()).hasSize(6);
        for (var pushed : server.pushed()) {
            assertThat(AsyncApiDocument.errors("pushed", read(pushed))).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "en, Corrected: Title of a, Withdrawn: an article in Name of science, 'Read 1,000 times.', Many are reading this now., "
                + "Alerts arrive here.",
        "zh-TW, 更正：Title of a, 撤回：“Name of science”栏目的一篇文章, '已被阅读 1,000 次。', 许多读者正在阅读。, 提醒可以送达此处。",
        "fr, Corrected: Title of a, Withdrawn: an article in Name of science, 'Read 1,000 times.', Many are reading this now., "
                + "Alerts arrive here."
    })
    void theWordsAreInTheLanguageOfTheSubscription(
            String language, String corrected, String withdrawn, String hits, String trending, String test)
            throws Exception {
        var reader = subscription(Locale.forLanguageTag(language));
        send(alert(reader, event(ArticleEvents.corrected("a", "science"))));
        send(alert(reader, event(ArticleEvents.withdrawn("a", "science"))));
        send(alert(reader, ArticleEvents.milestone("a", "science", ArticleMilestone.Kind.HITS_REACHED)));
        send(alert(reader, ArticleEvents.milestone("a", "science", ArticleMilestone.Kind.TRENDING)));
        send(new OutgoingMessage("test-1", reader, List.of(), Kind.TEST));
        var pushed = server.pushed();
        assertThat(read(pushed.get(0)).path("title").asString()).isEqualTo(corrected);
        assertThat(read(pushed.get(1)).path("title").asString()).isEqualTo(withdrawn);
        assertThat(read(pushed.get(2)).path("body").asString()).isEqualTo(hits);
        assertThat(read(pushed.get(3)).path("body").asString()).isEqualTo(trending);
        assertThat(read(pushed.get(4)).path("body").asString()).isEqualTo(test);
    }

    @Test
    void breakingNewsIsUrgent() {
        send(event(ArticleEvents.published("a", "science", "Breaking", "Ada Lovelace")));
        assertThat(server.pushed().get(0).headers().getFirst("Urgency")).isEqualTo("high");
    }

    @Test
    void aDigestNamesWhatIsInIt() throws Exception {
        send(new OutgoingMessage(
                "digest-1",
                subscription(),
                List.of(published("a", "First"), event(ArticleEvents.corrected("b", "science"))),
                Kind.DIGEST));
        send(new OutgoingMessage("test-1", subscription(), List.of(), Kind.TEST));
        JsonNode payload = read(server.pushed().get(0));
        assertThat(payload.path("title").asString()).isEqualTo("The News");
        assertThat(payload.path("body").asString()).isEqualTo("First\nCorrected: Title of b");
        assertThat(read(server.pushed().get(1)).path("type").asString()).isEqualTo("test");
        assertThat(server.pushed().get(1).headers().getFirst("Topic"))
                .isNotEqualTo(server.pushed().get(0).headers().getFirst("Topic"));
    }

    @Test
    void aLongSummaryIsCutBetweenCharacters() throws Exception {
        assertThat(send(withSummary("😀".repeat(2_000)))).isEqualTo(new Delivered(201));
        var pushed = server.pushed().get(0);
        assertThat(pushed.body()).hasSizeBetween(4_090, 4_096);
        assertThat(read(pushed).path("body").asString()).matches("(😀)+…");
    }

    @Test
    void aPushServiceThatTakesLessGetsTheTitle() throws Exception {
        server.willAnswer(413, "");
        assertThat(send(published("a", "Title"))).isEqualTo(new Delivered(201));
        assertThat(read(server.pushed().get(1)).has("body")).isFalse();

        server.willAnswer(413, "");
        server.willAnswer(413, "");
        assertThat(send(published("a", "Title"))).isInstanceOf(Failed.class);
        assertThat(server.pushed()).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 410})
    void aSubscriptionThatEndedIsNeverTriedAgain(int status) {
        server.willAnswer(status, "");
        assertThat(send(published("a", "Title")))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.status()).isEqualTo(status));
    }

    @ParameterizedTest
    @CsvSource({"429, 120, 120", "503, 5, 5", "500, '', ", "301, '', ", "403, '', ", "429, soon, "})
    void whateverElseIsAnsweredIsTriedAgain(int status, String retryAfter, @Nullable Integer seconds) {
        server.willAnswer(status, retryAfter);
        assertThat(send(published("a", "Title")))
                .isEqualTo(new Failed(
                        status,
                        "the push service answered " + status,
                        seconds == null ? null : Duration.ofSeconds(seconds)));
    }

    @Test
    void aPushServiceThatIsAwayIsTriedAgain() {
        server.close();
        assertThat(send(published("a", "Title")))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.status()).isNull());
    }

    @Test
    void withoutAContactTheSiteIsNamedWhereItHasTls() throws Exception {
        channel = channel("", "https://news.example");
        send(published("a", "Title"));
        channel = channel("", "http://localhost:8080");
        send(published("a", "Title"));
        assertThat(server.pushed().get(0).signature().getJWTClaimsSet().getSubject())
                .isEqualTo("https://news.example");
        assertThat(server.pushed().get(1).signature().getJWTClaimsSet().getSubject())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "http://push.example/1, must be an https URL",
        "ftp://push.example/1, must be an http or https URL with a host",
        "nowhere, must be an http or https URL with a host",
        "https://127.0.0.1/1, has an address that may not be called",
        "https://[::ffff:10.0.0.1]/1, has an address that may not be called",
        "https://push.example:8443/1, must be on port 80 or 443"
    })
    void anEndpointThatCannotBeOneIsNamed(String endpoint, String message) {
        assertThatThrownBy(() -> channel.check(new WebPushTarget(endpoint, browser.keys()))
                        .block(TIME_LIMIT))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageContaining("target.endpoint " + message);
    }

    @Test
    void whatABrowserGivesIsTaken() {
        channel.check(new WebPushTarget("https://fcm.googleapis.com/fcm/send/abc", browser.keys()))
                .block(TIME_LIMIT);
        assertThat(channel.unavailable()).isEmpty();
    }

    private DeliveryOutcome send(PublicEvent event) {
        return send(alert(subscription(), event));
    }

    private static OutgoingMessage alert(Subscription subscription, PublicEvent event) {
        return new OutgoingMessage("message", subscription, List.of(event), Kind.ALERT);
    }

    private DeliveryOutcome send(OutgoingMessage message) {
        return Objects.requireNonNull(channel.send(message).block(TIME_LIMIT));
    }

    private JsonNode read(PushServer.Pushed pushed) throws Exception {
        return JSON.readTree(browser.decrypt(pushed.body()));
    }

    private Subscription subscription() {
        return subscription(Locale.ENGLISH);
    }

    private Subscription subscription(Locale language) {
        return new Subscription(
                "subscription",
                1,
                Subscription.State.ACTIVE,
                new WebPushTarget(server.origin() + "/push/1", browser.keys()),
                EventFilter.everything(),
                new Subscription.Schedule(DigestFrequency.NONE, null, ZoneOffset.UTC),
                language,
                "hash",
                List.of(),
                null,
                NOW,
                NOW,
                null,
                null);
    }

    private static PublicEvent published(String id, String title) {
        return published(id, title, "Short");
    }

    private static PublicEvent withSummary(String summary) {
        return published("a", "Title", summary);
    }

    private static PublicEvent published(String id, String title, String summary) {
        ArticleSnapshot like = ArticleEvents.article(id, "campus", ArticleSnapshot.Status.PUBLISHED);
        return event(new ArticlePublished(new ArticleSnapshot(
                id,
                like.version(),
                like.status(),
                like.slug(),
                like.url(),
                title,
                like.subtitle(),
                summary,
                like.category(),
                like.tags(),
                like.authors(),
                like.credits(),
                like.language(),
                like.coverImage(),
                like.publishedAt(),
                like.updatedAt())));
    }

    private static PublicEvent event(ArticleChanged changed) {
        return PublicEvent.of(Envelope.of("/article-service", NOW, changed), JSON::writeValueAsString)
                .orElseThrow();
    }
}
