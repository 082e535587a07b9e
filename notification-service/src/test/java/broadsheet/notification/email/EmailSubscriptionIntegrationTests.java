package broadsheet.notification.email;

import static broadsheet.notification.email.EmailExamples.NOW;
import static broadsheet.testservers.PatientAwait.await;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.notification.event.EventFilter;
import broadsheet.notification.key.ServiceKeys;
import broadsheet.notification.subscription.CapabilityTokens;
import broadsheet.notification.subscription.DigestFrequency;
import broadsheet.notification.subscription.Subscription;
import broadsheet.notification.subscription.Subscription.Confirmation;
import broadsheet.notification.subscription.Subscription.Consent;
import broadsheet.notification.subscription.Subscription.State;
import broadsheet.notification.subscription.SubscriptionRemoval;
import broadsheet.notification.subscription.Subscriptions;
import broadsheet.notification.subscription.Target.EmailTarget;
import broadsheet.testservers.TestServers;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.SimpleReactiveMongoDatabaseFactory;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.reactive.result.method.annotation.ResponseEntityExceptionHandler;

/** From the mail that asks to the click that ends it, with a mail server and a store. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(OutputCaptureExtension.class)
class EmailSubscriptionIntegrationTests {

    private static final Duration TIME_LIMIT = Duration.ofMinutes(1);
    private static final Duration TWO_DAYS = Duration.ofDays(2);
    private static final Pattern LINK = Pattern.compile("https://news\\.example(/\\S+)");

    private final GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private final MongoClient mongo = MongoClients.create(TestServers.mongoUri("email"));
    private volatile Instant now = NOW;
    private ConfirmationLimits limits;
    private MeterRegistry meters;
    private Subscriptions subscriptions;
    private UnsubscribeTokens tokens;
    private EmailConfirmation confirmation;
    private UnconfirmedSubscriptionRemoval removal;
    private WebTestClient http;

    @BeforeAll
    void start() {
        mail.start();
        InstantSource clock = () -> now;
        var context = new AnnotationConfigApplicationContext();
        context.registerBean(InstantSource.class, () -> clock);
        context.registerBean(
                ReactiveMongoTemplate.class,
                () -> new ReactiveMongoTemplate(
                        new SimpleReactiveMongoDatabaseFactory(mongo, "email-" + UUID.randomUUID())));
        context.registerBean(
                EmailProperties.class,
                () -> EmailExamples.settings(mail.getSmtp().getPort()));
        context.registerBean(ConfirmationLimitProperties.class, () -> new ConfirmationLimitProperties(30, 40));
        context.registerBean(MeterRegistry.class, SimpleMeterRegistry::new);
        context.register(
                Subscriptions.class,
                SubscriptionRemoval.class,
                ServiceKeys.class,
                SmtpSender.class,
                EmailTemplates.class,
                EmailPages.class,
                ConfirmationLimits.class,
                EmailConfirmation.class,
                UnsubscribeTokens.class,
                UnconfirmedSubscriptionRemoval.class,
                ConfirmationController.class,
                UnsubscribeController.class,
                BounceController.class);
        context.refresh();
        limits = context.getBean(ConfirmationLimits.class);
        meters = context.getBean(MeterRegistry.class);
        subscriptions = context.getBean(Subscriptions.class);
        tokens = context.getBean(UnsubscribeTokens.class);
        confirmation = context.getBean(EmailConfirmation.class);
        removal = context.getBean(UnconfirmedSubscriptionRemoval.class);
        http = WebTestClient.bindToController(
                        context.getBean(ConfirmationController.class),
                        context.getBean(UnsubscribeController.class),
                        context.getBean(BounceController.class))
                .controllerAdvice(new ProblemAdvice())
                .configureClient()
                .responseTimeout(TIME_LIMIT)
                .build();
    }

    @AfterAll
    void stop() {
        mail.stop();
        mongo.close();
    }

    @Test
    void theLinkOfTheMailConfirmsByItsButtonAlone() throws Exception {
        String token = CapabilityTokens.random();
        Subscription pending = pending("ada@example.org", token);
        confirmation.ask(pending, token, "203.0.113.7");
        String link = link(received("ada@example.org"));
        assertThat(link).isEqualTo("/subscriptions/confirm/" + token);

        assertThat(page(http.get().uri(link), 200)).contains("<form method=\"post\">", "Confirm");
        assertThat(stored(pending).state()).isEqualTo(State.PENDING);

        assertThat(page(http.post().uri(link), 200)).contains("Confirmed").doesNotContain("<form");
        Subscription confirmed = stored(pending);
        assertThat(confirmed.state()).isEqualTo(State.ACTIVE);
        assertThat(confirmed.activeSince()).isEqualTo(now);
        Consent consent = Objects.requireNonNull(confirmed.confirmation()).consent();
        assertThat(consent).isNotNull().extracting(Consent::at).isEqualTo(now);

        assertThat(page(http.post().uri(link), 200)).contains("Confirmed");
        assertThat(page(http.get().uri(link), 200)).contains("Confirmed").doesNotContain("<form");
        assertThat(Objects.requireNonNull(stored(pending).confirmation()).consent())
                .isEqualTo(consent);
    }

    @Test
    void aLinkIsGoodForTwoDays() {
        String token = CapabilityTokens.random();
        Subscription pending = pending("late@example.org", token);
        String link = "/subscriptions/confirm/" + token;
        at(NOW.plus(TWO_DAYS), () -> {
            assertThat(page(http.get().uri(link), 410)).contains("no longer good");
            assertThat(page(http.post().uri(link), 410)).contains("no longer good");
            assertThat(stored(pending).state()).isEqualTo(State.PENDING);
        });
    }

    @Test
    void whatNobodyConfirmsIsDeletedAfterTwoDays() {
        Subscription pending = pending("never@example.org", CapabilityTokens.random());
        at(NOW.plus(TWO_DAYS).minusSeconds(1), () -> removal.run().block(TIME_LIMIT));
        assertThat(subscriptions.byId(pending.id()).block(TIME_LIMIT)).isNotNull();
        at(NOW.plus(TWO_DAYS).plusSeconds(1), () -> removal.run().block(TIME_LIMIT));
        assertThat(subscriptions.byId(pending.id()).block(TIME_LIMIT)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"unheard-of", "%00", "a.b.c", "%3Cscript%3E"})
    void linksThatNeverWereAreNoLonger(String token) {
        assertThat(page(http.get().uri("/subscriptions/confirm/" + token), 410)).doesNotContain("<script>");
        page(http.post().uri("/subscriptions/confirm/" + token), 410);
        page(http.get().uri("/unsubscribe/" + token), 404);
        page(http.post().uri("/unsubscribe/" + token), 404);
    }

    @Test
    void nobodyIsSentMoreThanTenOfThemADay() {
        for (int time = 0; time < 12; time++) {
            String address = time % 2 == 0 ? "many@example.org" : "MANY@example.org";
            confirmation.ask(pending(address, "token" + time), "token" + time, "198.51.100." + time);
        }
        String last = CapabilityTokens.random();
        confirmation.ask(pending("other@example.org", last), last, "198.51.100.99");
        received("other@example.org");
        await().until(() -> countReceived("many@example.org") == 10);
        at(NOW.plus(Duration.ofDays(1)), () -> {
            confirmation.ask(pending("many@example.org", last), last, "198.51.100.9");
            await().until(() -> countReceived("many@example.org") == 11);
        });
    }

    @Test
    void whoeverAsksForTooManyFloodsNeitherADomainNorKeepsOthersFromTheirs(CapturedOutput output) {
        assertThat(taken(50, mailbox -> "m" + mailbox + "@flooded.example", mailbox -> "192.0.2." + mailbox))
                .as("to one domain, from many networks")
                .isEqualTo(40);
        assertThat(taken(50, mailbox -> "m@d" + mailbox + ".example", mailbox -> "198.51.100.77"))
                .as("from one network, to many domains")
                .isEqualTo(30);
        assertThat(taken(50, mailbox -> "m" + mailbox + "@shared.example", mailbox -> "198.51.100.78"))
                .as("from one network, to one domain")
                .isEqualTo(30);
        assertThat(taken(10, mailbox -> "n" + mailbox + "@shared.example", mailbox -> "203.0.113." + mailbox))
                .as("of the same domain, which the 20 refused ones took nothing from")
                .isEqualTo(10);
        assertThat(taken(50, tag -> "one+" + tag + "@mailbox.example", tag -> "203.0.113.77"))
                .as("to one mailbox, from one network")
                .isEqualTo(3);
        assertThat(taken(10, tag -> "one+" + tag + "@mailbox.example", tag -> "198.51.100." + tag))
                .as("to that mailbox, from elsewhere")
                .isEqualTo(7);
        assertThat(taken(3, time -> "two@mailbox.example", time -> "198.51.100.77"))
                .as("from a network that has asked for too many")
                .isZero();
        assertThat(taken(12, time -> "two@mailbox.example", time -> "203.0.113." + time))
                .as("to the mailbox that those would have gone to")
                .isEqualTo(10);
        assertThat(taken(5, mailbox -> "m" + mailbox + "@mailbox.example", mailbox -> "203.0.113.77"))
                .as("of the same domain and network, which the 47 refused ones took nothing from")
                .isEqualTo(5);
        assertThat(meters.get("broadsheet.notification.confirmations.limited")
                        .tag("limit", "network")
                        .counter()
                        .count())
                .isEqualTo(43);
        assertThat(output.getOut())
                .as("that half may be sent to a domain")
                .containsOnlyOnce("Half of the 40 confirmation mails that may go to flooded.example today");
    }

    private long taken(int asked, IntFunction<String> address, IntFunction<String> network) {
        return IntStream.range(0, asked)
                .filter(time ->
                        Objects.requireNonNull(limits.take(EmailAddress.of(address.apply(time)), network.apply(time))
                                .block(TIME_LIMIT)))
                .count();
    }

    @Test
    void anAlertsLinkEndsItsSubscriptionByAClickAndNotBefore() {
        Subscription active = active("eve@example.org");
        String link = "/unsubscribe/" + tokens.of(active.id()).block(TIME_LIMIT);

        assertThat(page(http.get().uri(link), 200)).contains("<form method=\"post\">", "Unsubscribe");
        assertThat(subscriptions.byId(active.id()).block(TIME_LIMIT)).isNotNull();

        var oneClick = http.post()
                .uri(link)
                .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                .bodyValue("List-Unsubscribe=One-Click");
        assertThat(page(oneClick, 200)).contains("Unsubscribed");
        assertThat(subscriptions.byId(active.id()).block(TIME_LIMIT)).isNull();
        assertThat(page(http.post().uri(link), 200)).contains("Unsubscribed");
    }

    @Test
    void aPageIsInTheLanguageOfTheBrowserAndKeptByNobody() {
        String link = "/unsubscribe/" + tokens.of("any").block(TIME_LIMIT);
        http.get()
                .uri(link)
                .header("Accept-Language", "zh-CN,zh;q=0.9,en;q=0.8")
                .exchange()
                .expectHeader()
                .valueEquals("Cache-Control", "no-store")
                .expectHeader()
                .value("Content-Security-Policy", policy -> assertThat(policy).startsWith("default-src 'none'"))
                .expectHeader()
                .contentType("text/html;charset=UTF-8")
                .expectBody(String.class)
                .value(page -> assertThat(page).contains("退订", "lang=\"zh\""));
        assertThat(page(http.get().uri(link).header("Accept-Language", "xx;;;"), 200))
                .contains("lang=\"en\"");
    }

    @Test
    void aBounceDisablesItsSubscriptionOnce() {
        Subscription active = active("gone@example.org");
        byte[] bounce = BounceReportTests.bounce("failed", "5.1.1", "message/rfc822", token(active));
        assertThat(reported(bounce)).contains("\"disabled\":true");
        assertThat(stored(active).state()).isEqualTo(State.DISABLED);
        assertThat(Objects.requireNonNull(stored(active).disabled()).reason()).contains("5.1.1");
        assertThat(reported(bounce)).contains("\"disabled\":false");
    }

    @Test
    void aComplaintDisablesItsSubscription() {
        Subscription active = active("angry@example.org");
        assertThat(reported(BounceReportTests.complaint("abuse", token(active))))
                .contains("\"disabled\":true");
        assertThat(stored(active).state()).isEqualTo(State.DISABLED);
    }

    @Test
    void whatMayPassAndWhatIsForgedDisablesNothing() {
        Subscription active = active("full@example.org");
        assertThat(reported(BounceReportTests.bounce("failed", "4.2.2", "message/rfc822", token(active))))
                .contains("\"disabled\":false");
        assertThat(reported(BounceReportTests.complaint("abuse", active.id() + ".forged")))
                .contains("\"disabled\":false");
        assertThat(stored(active).state()).isEqualTo(State.ACTIVE);
        http.post()
                .uri("/api/deliveries/bounces")
                .contentType(MediaType.parseMediaType("message/rfc822"))
                .bodyValue("Subject: I am away\r\n\r\nUntil Monday")
                .exchange()
                .expectStatus()
                .isEqualTo(422);
    }

    private String reported(byte[] report) {
        return page(
                http.post()
                        .uri("/api/deliveries/bounces")
                        .contentType(MediaType.parseMediaType("message/rfc822"))
                        .bodyValue(report),
                200);
    }

    private String token(Subscription subscription) {
        return Objects.requireNonNull(tokens.of(subscription.id()).block(TIME_LIMIT));
    }

    private static String page(WebTestClient.RequestHeadersSpec<?> request, int status) {
        return Objects.requireNonNull(request.exchange()
                .expectStatus()
                .isEqualTo(status)
                .expectBody(String.class)
                .returnResult()
                .getResponseBody());
    }

    private Subscription pending(String address, String token) {
        return add(
                address, State.PENDING, new Confirmation(CapabilityTokens.hash(token), NOW.plus(TWO_DAYS), null), null);
    }

    private Subscription active(String address) {
        return add(address, State.ACTIVE, null, NOW);
    }

    private Subscription add(String address, State state, @Nullable Confirmation asked, @Nullable Instant since) {
        var subscription = new Subscription(
                UUID.randomUUID().toString(),
                1,
                state,
                new EmailTarget(address),
                EventFilter.everything(),
                new Subscription.Schedule(DigestFrequency.NONE, null, ZoneOffset.UTC),
                Locale.ENGLISH,
                "hash",
                List.of(),
                asked,
                NOW,
                since,
                null,
                null);
        return Objects.requireNonNull(subscriptions.add(subscription).block(TIME_LIMIT));
    }

    private Subscription stored(Subscription subscription) {
        return Objects.requireNonNull(subscriptions.byId(subscription.id()).block(TIME_LIMIT));
    }

    private void at(Instant time, Runnable step) {
        now = time;
        try {
            step.run();
        } finally {
            now = NOW;
        }
    }

    private MimeMessage received(String address) {
        await().until(() -> countReceived(address) > 0);
        return Arrays.stream(mail.getReceivedMessages())
                .filter(message -> isTo(message, address))
                .findFirst()
                .orElseThrow();
    }

    private long countReceived(String address) {
        return Arrays.stream(mail.getReceivedMessages())
                .filter(message -> isTo(message, address))
                .count();
    }

    private static boolean isTo(MimeMessage message, String address) {
        try {
            return message.getAllRecipients()[0].toString().equalsIgnoreCase(address);
        } catch (MessagingException e) {
            throw new AssertionError(e);
        }
    }

    private static String link(MimeMessage message) throws Exception {
        String text =
                String.valueOf(((Multipart) message.getContent()).getBodyPart(0).getContent());
        Matcher link = LINK.matcher(text);
        assertThat(link.find()).as(text).isTrue();
        return link.group(1);
    }

    /** As the application has it. */
    @RestControllerAdvice
    static final class ProblemAdvice extends ResponseEntityExceptionHandler {}
}
