package broadsheet.notification.email;

import static broadsheet.notification.email.EmailExamples.NOW;
import static broadsheet.notification.email.EmailExamples.settings;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.notification.channel.DeliveryOutcome;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a mail, by what the mail server answers. */
class SmtpSenderTests {

    @ParameterizedTest
    @CsvSource({
        "RCPT, 550 5.1.1 no such mailbox, true, 550",
        "RCPT, 550 unknown user, true, 550",
        "RCPT, 553 5.1.3 bad address, true, 553",
        "RCPT, 554 5.7.1 relay access denied, false, 554",
        "RCPT, 550 5.7.1 you are on a list, false, 550",
        "RCPT, 530 5.7.0 sign in first, false, 530",
        "RCPT, 450 4.2.0 try again, false, 450",
        "RCPT, 452 4.2.2 mailbox full, false, 452",
        "MAIL, 451 4.3.0 try again, false, 451",
        "MAIL, 550 5.1.8 bad sender, false, 550",
        "DATA, 554 5.6.0 looks like spam, false, 554",
        "DATA, 421 4.3.2 shutting down, false, 421"
    })
    void onlyWhatAServerSaysOfTheMailboxRefusesIt(String command, String answer, boolean refused, int status)
            throws IOException {
        try (var server = new ScriptedSmtpServer(line -> line.startsWith(command) ? answer : "ok")) {
            DeliveryOutcome outcome = send(new SmtpSender(settings(server.port())));
            assertThat(outcome.status()).isEqualTo(status);
            assertThat(outcome instanceof DeliveryOutcome.Refused).isEqualTo(refused);
            assertThat(outcome instanceof DeliveryOutcome.Failed).isNotEqualTo(refused);
            assertThat(outcome.toString()).contains(answer.substring(4));
        }
    }

    @Test
    void aConnectionIsKeptForTheNextMail() throws IOException {
        try (var server = new ScriptedSmtpServer(line -> "ok")) {
            var sender = new SmtpSender(settings(server.port()));
            for (int mail = 0; mail < 20; mail++) {
                assertThat(send(sender)).isEqualTo(new DeliveryOutcome.Delivered(250));
            }
            assertThat(server.connections).hasSize(1);
            assertThat(server.commands).filteredOn("DATA"::equals).hasSize(20);
        }
    }

    @ParameterizedTest
    @CsvSource({"421 4.7.0 too many mails over this connection", ScriptedSmtpServer.HANG_UP})
    void aServerThatEndsAKeptConnectionGetsTheMailOverANewOne(String answer) throws IOException {
        var mails = new AtomicInteger();
        try (var server = new ScriptedSmtpServer(
                line -> line.startsWith("MAIL") && mails.incrementAndGet() == 2 ? answer : "ok")) {
            var sender = new SmtpSender(settings(server.port()));
            assertThat(send(sender)).isInstanceOf(DeliveryOutcome.Delivered.class);
            assertThat(send(sender)).isInstanceOf(DeliveryOutcome.Delivered.class);
            assertThat(server.connections).hasSize(2);
            assertThat(server.commands).filteredOn("DATA"::equals).hasSize(2);
        }
    }

    @Test
    void aMailboxThatIsRefusedCostsNoConnection() throws IOException {
        var mails = new AtomicInteger();
        try (var server = new ScriptedSmtpServer(
                line -> line.startsWith("RCPT") && mails.incrementAndGet() == 2 ? "550 5.1.1 no such mailbox" : "ok")) {
            var sender = new SmtpSender(settings(server.port()));
            assertThat(send(sender)).isInstanceOf(DeliveryOutcome.Delivered.class);
            assertThat(send(sender)).isInstanceOf(DeliveryOutcome.Refused.class);
            assertThat(send(sender)).isInstanceOf(DeliveryOutcome.Delivered.class);
            assertThat(server.connections).hasSize(1);
        }
    }

    @Test
    void aServerThatDoesNotAnswerFailsTheMail() throws IOException {
        try (var server = new ScriptedSmtpServer(line -> line.startsWith("MAIL") ? ScriptedSmtpServer.SILENCE : "ok")) {
            DeliveryOutcome outcome = send(new SmtpSender(settings(server.port(), Duration.ofMillis(200))));
            assertThat(outcome).isInstanceOf(DeliveryOutcome.Failed.class);
        }
    }

    @Test
    void aServerThatStopsReadingFailsTheMail() throws IOException {
        var end = new CountDownLatch(1);
        try (var server = new ScriptedSmtpServer(line -> line.equals("DATA") ? "354 go on" : pausing(line, end))) {
            var sender = new SmtpSender(settings(server.port(), Duration.ofMillis(200)));
            DeliveryOutcome outcome = send(sender, "more than a connection holds ".repeat(1 << 20));
            assertThat(outcome).isInstanceOf(DeliveryOutcome.Failed.class);
            // the time limit closes the socket: whoever writes notices either first
            assertThat(outcome.toString()).containsAnyOf("timed out", "Socket closed");
        } finally {
            end.countDown();
        }
    }

    private static String pausing(String line, CountDownLatch end) {
        if (line.startsWith("Subject")) {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return "ok";
    }

    @Test
    void aServerThatIsNotThereFailsTheMail() throws IOException {
        int nobody;
        try (var free = new ServerSocket(0)) {
            nobody = free.getLocalPort();
        }
        assertThat(send(new SmtpSender(settings(nobody)))).isInstanceOf(DeliveryOutcome.Failed.class);
    }

    @Test
    void withAPasswordNothingIsSentWithoutTls() throws IOException {
        try (var server = new ScriptedSmtpServer(line -> "ok")) {
            var plain = settings(server.port());
            var signedIn = new EmailProperties(
                    plain.host(),
                    plain.port(),
                    "news",
                    "secret",
                    plain.from(),
                    "",
                    1,
                    plain.timeLimit(),
                    plain.siteName(),
                    plain.baseUrl());
            assertThat(send(new SmtpSender(signedIn))).isInstanceOf(DeliveryOutcome.Failed.class);
            assertThat(server.commands).noneMatch(line -> line.startsWith("AUTH") || line.startsWith("MAIL"));
        }
    }

    private static DeliveryOutcome send(SmtpSender sender) {
        return send(sender, "text");
    }

    private static DeliveryOutcome send(SmtpSender sender, String text) {
        var settings = settings(25);
        var email = new Email(
                "1", settings.senderOfSite(), EmailAddress.of("ada@example.org"), NOW, "News", text, "html", Map.of());
        return Objects.requireNonNull(sender.send(email::write).block(Duration.ofSeconds(30)));
    }
}
