package broadsheet.notification.email;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.MessagingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BounceReportTests {

    @ParameterizedTest
    @CsvSource({
        "failed, 5.1.1, true",
        "failed, 5.2.1, true",
        "failed, 5.0.0, true",
        "failed, 4.4.7, false",
        "delayed, 4.4.1, false",
        "delayed, 5.1.1, false",
        "delivered, 2.0.0, false",
        "failed, 5.7.1, false"
    })
    void aMailboxThatIsGoneIsToldFromWhatMayPass(String action, String status, boolean gone) throws Exception {
        var report = BounceReport.read(bounce(action, status, "text/rfc822-headers", "token-1"));
        assertThat(report.verdict() != null).isEqualTo(gone);
        assertThat(report.unsubscribeToken()).isEqualTo("token-1");
    }

    @Test
    void theMailItselfTellsAsItsHeadersDo() throws Exception {
        var report = BounceReport.read(bounce("failed", "5.1.1", "message/rfc822", "token-2"));
        assertThat(report.verdict()).contains("5.1.1");
        assertThat(report.unsubscribeToken()).isEqualTo("token-2");
    }

    @Test
    void oneOfSeveralRecipientsThatFailedIsEnough() throws Exception {
        String bounce = new String(bounce("delivered", "2.0.0", "message/rfc822", "token"), UTF_8)
                .replace(
                        "Status: 2.0.0\r\n",
                        "Status: 2.0.0\r\n\r\nFinal-Recipient: rfc822; b@example.org\r\nAction: failed\r\nStatus: 5.1.1\r\n");
        assertThat(BounceReport.read(bounce.getBytes(UTF_8)).verdict()).contains("5.1.1");
    }

    @ParameterizedTest
    @CsvSource({"abuse, true", "ABUSE, true", "not-spam, false", "other, false"})
    void aComplaintIsOneOfAbuse(String type, boolean complaint) throws Exception {
        var report = BounceReport.read(complaint(type, "token-3"));
        assertThat(report.verdict() != null).isEqualTo(complaint);
        assertThat(report.unsubscribeToken()).isEqualTo("token-3");
    }

    @Test
    void aReportWithoutTheHeadersOfTheMailIsAboutNobody() throws Exception {
        String bounce = new String(bounce("failed", "5.1.1", "message/rfc822", "token"), UTF_8)
                .replaceAll("List-Unsubscribe: .*\r\n", "");
        assertThat(BounceReport.read(bounce.getBytes(UTF_8)).unsubscribeToken()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "Subject: I am away\r\n\r\nUntil Monday",
                "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nx\r\n--b--\r\n",
                "Content-Type: ;;;\r\n\r\n"
            })
    void whatIsNoReportIsSaidToBeNone(String mail) {
        assertThatThrownBy(() -> BounceReport.read(mail.getBytes(UTF_8))).isInstanceOf(MessagingException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: multipart/report\r\n\r\n",
                "Content-Type: multipart/report; boundary=b\r\n\r\n",
                "Content-Type: multipart/report; boundary=b\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n"
            })
    void aReportThatIsCutOffSaysNothingOfAMailbox(String mail) {
        try {
            assertThat(BounceReport.read(mail.getBytes(UTF_8)).verdict()).isNull();
        } catch (MessagingException e) {
            assertThat(e).hasMessageNotContaining("null");
        }
    }

    static byte[] bounce(String action, String status, String original, String token) {
        return report(
                "delivery-status",
                "message/delivery-status",
                "Reporting-MTA: dns; mail.example.org\r\n\r\nFinal-Recipient: rfc822; ada@example.org\r\nAction: "
                        + action + "\r\nStatus: " + status + "\r\nDiagnostic-Code: smtp; 550 no\r\n",
                original,
                token);
    }

    static byte[] complaint(String type, String token) {
        return report(
                "feedback-report",
                "message/feedback-report",
                "Feedback-Type: " + type + "\r\nUser-Agent: example/1.0\r\nVersion: 1\r\n",
                "message/rfc822",
                token);
    }

    private static byte[] report(String type, String partType, String part, String original, String token) {
        return ("From: MAILER-DAEMON@example.org\r\nTo: news@news.example\r\nSubject: Report\r\nMIME-Version: 1.0\r\n"
                        + "Content-Type: multipart/report; report-type=" + type + ";\r\n boundary=\"b\"\r\n\r\n"
                        + "--b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n"
                        + "--b\r\nContent-Type: " + partType + "\r\n\r\n" + part
                        + "\r\n--b\r\nContent-Type: " + original
                        + "\r\n\r\nFrom: news@news.example\r\nSubject: Open day\r\n"
                        + "List-Unsubscribe: <https://news.example/unsubscribe/" + token + ">\r\n\r\nText\r\n--b--\r\n")
                .getBytes(UTF_8);
    }
}
