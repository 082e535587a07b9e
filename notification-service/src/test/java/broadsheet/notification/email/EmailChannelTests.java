package broadsheet.notification.email;

import static broadsheet.notification.ArticleEvents.CORRECTION;
import static broadsheet.notification.ArticleEvents.corrected;
import static broadsheet.notification.ArticleEvents.published;
import static broadsheet.notification.ArticleEvents.titled;
import static broadsheet.notification.ArticleEvents.withdrawn;
import static broadsheet.notification.email.EmailExamples.alert;
import static broadsheet.notification.email.EmailExamples.message;
import static broadsheet.notification.email.EmailExamples.settings;
import static broadsheet.notification.email.EmailExamples.subscription;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import broadsheet.notification.channel.DeliveryOutcome;
import broadsheet.notification.channel.OutgoingMessage;
import broadsheet.notification.channel.OutgoingMessage.Kind;
import broadsheet.notification.subscription.Target.EmailTarget;
import broadsheet.notification.subscription.Target.WebhookTarget;
import broadsheet.web.problem.InvalidFieldException;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Mails as a mail server gets them. */
class EmailChannelTests {

    private static final GreenMail MAIL = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    private static final UnsubscribeTokens TOKENS = new UnsubscribeTokens(Mono.just("key".getBytes(UTF_8)));

    @BeforeAll
    static void start() {
        MAIL.start();
    }

    @AfterAll
    static void stop() {
        MAIL.stop();
    }

    @AfterEach
    void forget() throws Exception {
        MAIL.purgeEmailFromAllMailboxes();
    }

    @Test
    void anAlertHasTheArticleInTextAndHtml() throws Exception {
        MimeMessage mail = sent(alert("ada@example.org", published("a1", "campus")));
        assertThat(mail.getSubject()).isEqualTo("Title of a1");
        assertThat(mail.getFrom()[0]).hasToString("The News <news@news.example>");
        assertThat(mail.getAllRecipients()[0]).hasToString("ada@example.org");
        assertThat(mail.getContentType()).startsWith("multipart/alternative");
        assertThat(part(mail, 0, "text/plain; charset=UTF-8"))
                .contains(
                        "Title of a1",
                        "Exams begin",
                        "The library opens on Sundays",
                        "Read it: https://news.example/news/campus/slug-a1",
                        "Unsubscribe: https://news.example/unsubscribe/subscription-1.");
        assertThat(part(mail, 1, "text/html; charset=UTF-8"))
                .containsPattern(
                        "<a href=\"https://news.example/news/campus/slug-a1\\?alert=\\S+\\.email\">Title of a1</a>")
                .contains(
                        "Exams begin",
                        "The library opens on Sundays",
                        "lang=\"en\"",
                        "href=\"https://news.example/unsubscribe/subscription-1.");
    }

    @Test
    void everyAlertHasAWayOutThatMailProgramsKnow() throws Exception {
        MimeMessage mail = sent(alert("ada@example.org", published("a1", "campus")));
        String unsubscribe = mail.getHeader("List-Unsubscribe")[0];
        assertThat(unsubscribe).startsWith("<https://news.example/unsubscribe/").endsWith(">");
        String token = unsubscribe.substring("<https://news.example/unsubscribe/".length(), unsubscribe.length() - 1);
        assertThat(TOKENS.subscription(token).block()).isEqualTo("subscription-1");
        assertThat(mail.getHeader("List-Unsubscribe-Post")).containsExactly("List-Unsubscribe=One-Click");
        assertThat(mail.getHeader("List-Id")).containsExactly("<alerts.news.example>");
        assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    }

    @Test
    void anotherAttemptHasTheSameMessageId() throws Exception {
        OutgoingMessage message = alert("ada@example.org", published("a1", "campus"));
        String id = sent(message).getMessageID();
        MAIL.purgeEmailFromAllMailboxes();
        assertThat(sent(message).getMessageID()).isEqualTo(id).isEqualTo("<event.1.subscription-1@news.example>");
    }

    @Test
    void aCorrectionAndAWithdrawalSayWhatTheyAre() throws Exception {
        MimeMessage correction = sent(alert("ada@example.org", corrected("a1", "campus")));
        assertThat(correction.getSubject()).isEqualTo("Corrected: Title of a1");
        assertThat(part(correction, 0, "text/plain; charset=UTF-8")).contains("What was corrected: " + CORRECTION);
        assertThat(part(correction, 1, "text/html; charset=UTF-8")).contains("What was corrected: " + CORRECTION);
        MAIL.purgeEmailFromAllMailboxes();
        MimeMessage mail = sent(alert("ada@example.org", withdrawn("a1", "campus")));
        assertThat(mail.getSubject()).isEqualTo("Withdrawn: an article in Name of campus");
        assertThat(part(mail, 0, "text/plain; charset=UTF-8"))
                .contains("was withdrawn")
                .doesNotContain("Read it", "slug-a1");
    }

    @Test
    void aDigestListsItsEventsInTheirOrder() throws Exception {
        MimeMessage mail = sent(message(
                subscription("ada@example.org", Locale.ENGLISH),
                Kind.DIGEST,
                published("a1", "campus"),
                corrected("a2", "sports"),
                withdrawn("a3", "science")));
        assertThat(mail.getSubject()).isEqualTo("3 alerts from The News");
        assertThat(part(mail, 0, "text/plain; charset=UTF-8"))
                .containsSubsequence(
                        "Title of a1", "Corrected: Title of a2", "Withdrawn: an article in Name of science");
        assertThat(part(mail, 1, "text/html; charset=UTF-8"))
                .containsSubsequence(
                        "Title of a1", "Corrected: Title of a2", "Withdrawn: an article in Name of science");
    }

    @Test
    void aMailIsInTheLanguageOfTheSubscription() throws Exception {
        MimeMessage mail = sent(message(
                subscription("ada@example.org", Locale.forLanguageTag("zh-CN")),
                Kind.DIGEST,
                corrected("a1", "campus"),
                titled("a2", "图书馆周日开放")));
        assertThat(mail.getSubject()).isEqualTo("The News：2 条新闻");
        assertThat(part(mail, 0, "text/plain; charset=UTF-8"))
                .contains("更正：Title of a1", "更正说明：" + CORRECTION, "图书馆周日开放", "退订：");
        assertThat(part(mail, 1, "text/html; charset=UTF-8")).contains("lang=\"zh\"");
    }

    @Test
    void aTestSaysThatItIsOne() throws Exception {
        MimeMessage mail = sent(message(subscription("ada@example.org", Locale.ENGLISH), Kind.TEST));
        assertThat(mail.getSubject()).isEqualTo("A test from The News");
        assertThat(part(mail, 0, "text/plain; charset=UTF-8")).contains("This is a test");
    }

    @ParameterizedTest
    @CsvSource({
        "'Open day\r\nBcc: eve@example.org'",
        "'Open day\nBcc: eve@example.org'",
        "'Open day\r\n\r\nBcc: eve@example.org'",
        "'Öffnung\r\nBcc: eve@example.org'",
        "'Open day\u2028Bcc: eve@example.org'",
        "'Open day\u0085Bcc: eve@example.org'"
    })
    void aTitleCannotAddAHeader(String title) throws Exception {
        MimeMessage mail = sent(alert("ada@example.org", titled("a1", title)));
        assertThat(mail.getSubject()).endsWith(" Bcc: eve@example.org");
        assertThat(mail.getHeader("Bcc")).isNull();
        assertThat(mail.getAllRecipients()).hasSize(1);
        assertThat(MAIL.getReceivedMessages()).hasSize(1);
    }

    @Test
    void aTitleIsTextAndNoMarkup() throws Exception {
        MimeMessage mail = sent(alert("ada@example.org", titled("a1", "<script>alert(1)</script> & [(${1+1})] ''")));
        assertThat(part(mail, 1, "text/html; charset=UTF-8"))
                .contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; [(${1+1})]")
                .doesNotContain("<script>");
        assertThat(part(mail, 0, "text/plain; charset=UTF-8")).contains("<script>alert(1)</script> & [(${1+1})]");
    }

    @Test
    void aTitleOfAnyLengthMakesASubject() throws Exception {
        assertThat(sent(alert("ada@example.org", titled("a1", "新闻".repeat(500))))
                        .getSubject())
                .hasSize(200)
                .endsWith("…");
    }

    @Test
    void theContactOfAWebhookIsToldThatItWasDisabled() throws Exception {
        var settings = settings(MAIL.getSmtp().getPort());
        var notice = new DisabledWebhookEmail(
                settings, new EmailTemplates(), new SmtpSender(settings), InstantSource.fixed(EmailExamples.NOW));
        notice.send(subscription(new WebhookTarget("https://hooks.example/a", null), Locale.ENGLISH), "410 Gone")
                .block(Duration.ofSeconds(30));
        notice.send(subscription(new WebhookTarget("https://hooks.example/b", "no address"), Locale.ENGLISH), "410")
                .block(Duration.ofSeconds(30));
        assertThat(MAIL.getReceivedMessages()).isEmpty();

        notice.send(
                        subscription(new WebhookTarget("https://hooks.example/a", "ops@example.org"), Locale.ENGLISH),
                        "410 Gone")
                .block(Duration.ofSeconds(30));
        MimeMessage mail = MAIL.getReceivedMessages()[0];
        assertThat(mail.getSubject()).isEqualTo("A webhook of The News was disabled");
        assertThat(part(mail, 0, "text/plain; charset=UTF-8")).contains("https://hooks.example/a", "410 Gone");
    }

    @Test
    void thatAMailServerIsAwayIsSaidSoThatTheContactIsToldLater() {
        var settings = settings(1);
        var notice = new DisabledWebhookEmail(
                settings, new EmailTemplates(), new SmtpSender(settings), InstantSource.fixed(EmailExamples.NOW));
        var disabled = subscription(new WebhookTarget("https://hooks.example/a", "ops@example.org"), Locale.ENGLISH);
        assertThatThrownBy(() -> notice.send(disabled, "410 Gone").block(Duration.ofSeconds(30)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("does not take it now");
    }

    @Test
    void webhooksOfAStrangerDoNotFloodTheContactTheyName() {
        var settings = settings(MAIL.getSmtp().getPort());
        var notice = new DisabledWebhookEmail(
                settings, new EmailTemplates(), new SmtpSender(settings), InstantSource.fixed(EmailExamples.NOW));
        for (int webhook = 0; webhook < 30; webhook++) {
            var target = new WebhookTarget("https://hooks.example/" + webhook, "ada+" + webhook + "@example.org");
            notice.send(subscription(target, Locale.ENGLISH), "410 Gone").block(Duration.ofSeconds(30));
        }
        assertThat(MAIL.getReceivedMessages()).hasSize(20);
    }

    @Test
    void manyMailsAtOnceAllArrive() {
        List<DeliveryOutcome> outcomes = Objects.requireNonNull(Flux.range(0, 200)
                .flatMap(
                        number -> channel(settings(MAIL.getSmtp().getPort()))
                                .send(alert("reader" + number + "@example.org", published("a1", "campus"))),
                        50)
                .collectList()
                .block(Duration.ofSeconds(60)));
        assertThat(outcomes).hasSize(200).allMatch(DeliveryOutcome.Delivered.class::isInstance);
        assertThat(Arrays.stream(MAIL.getReceivedMessages()).map(EmailChannelTests::recipient))
                .doesNotHaveDuplicates()
                .hasSize(200);
    }

    @ParameterizedTest
    @CsvSource({
        "'', news@news.example, https://news.example, BROADSHEET_SMTP_HOST",
        "mail.example, '', https://news.example, BROADSHEET_MAIL_FROM",
        "mail.example, news@news.example, '', BROADSHEET_BASE_URL"
    })
    void withoutWhatMailNeedsItIsOffAndSaysWhy(String host, String from, String baseUrl, String missing) {
        var channel = channel(settings(25, host, from, baseUrl));
        assertThat(channel.unavailable())
                .hasValueSatisfying(why -> assertThat(why).contains(missing));
        assertThat(channel.send(alert("ada@example.org", published("a1", "campus")))
                        .block())
                .isInstanceOfSatisfying(
                        DeliveryOutcome.Failed.class,
                        failed -> assertThat(failed.detail()).contains(missing));
    }

    @Test
    void anAddressThatCannotBeIsNamed() {
        var channel = channel(settings(MAIL.getSmtp().getPort()));
        assertThat(channel.unavailable()).isEmpty();
        assertThatThrownBy(() -> channel.check(new EmailTarget("ada")).block())
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageContaining("target.address");
    }

    @Test
    void tokensOfOthersAndChangedOnesEndNothing() {
        String token = Objects.requireNonNull(TOKENS.of("subscription-1").block());
        String foreign = Objects.requireNonNull(new UnsubscribeTokens(Mono.just("other".getBytes(UTF_8)))
                .of("subscription-1")
                .block());
        assertThat(TOKENS.subscription(foreign).block()).isNull();
        assertThat(TOKENS.subscription(token.replace("-1", "-2")).block()).isNull();
        assertThat(TOKENS.subscription(token + "x").block()).isNull();
        assertThat(TOKENS.subscription("subscription-1").block()).isNull();
        assertThat(TOKENS.subscription("").block()).isNull();
    }

    private static MimeMessage sent(OutgoingMessage message) {
        assertThat(channel(settings(MAIL.getSmtp().getPort())).send(message).block(Duration.ofSeconds(30)))
                .isEqualTo(new DeliveryOutcome.Delivered(250));
        assertThat(MAIL.getReceivedMessages()).hasSize(1);
        return MAIL.getReceivedMessages()[0];
    }

    private static EmailChannel channel(EmailProperties settings) {
        var emails = new AlertEmails(settings, new EmailTemplates(), InstantSource.fixed(EmailExamples.NOW));
        return new EmailChannel(settings, emails, TOKENS, new SmtpSender(settings));
    }

    private static String part(MimeMessage mail, int number, String type) throws Exception {
        BodyPart part = ((Multipart) mail.getContent()).getBodyPart(number);
        assertThat(part.getContentType()).isEqualTo(type);
        return String.valueOf(part.getContent());
    }

    private static String recipient(MimeMessage mail) {
        try {
            return mail.getAllRecipients()[0].toString();
        } catch (MessagingException e) {
            throw new AssertionError(e);
        }
    }
}
