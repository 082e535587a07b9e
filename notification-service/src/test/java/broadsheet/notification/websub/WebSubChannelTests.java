package broadsheet.notification.websub;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import broadsheet.notification.channel.DeliveryOutcome;
import broadsheet.notification.channel.DeliveryOutcome.Delivered;
import broadsheet.notification.channel.DeliveryOutcome.Failed;
import broadsheet.notification.channel.OutgoingMessage;
import broadsheet.notification.outbound.LocalReceivers;
import broadsheet.notification.outbound.OutboundClient;
import broadsheet.notification.outbound.Receiver;
import broadsheet.notification.subscription.Subscription;
import broadsheet.web.problem.InvalidFieldException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.Mockito;

/** A hub as it is told of the feed. */
class WebSubChannelTests {

    private static final String SITE = "https://news.example/";

    private final OutboundClient client = LocalReceivers.client(Duration.ofSeconds(2));

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void theHubIsToldThatTheFeedHasChanged() throws Exception {
        try (Receiver hub = Receiver.answering("HTTP/1.1 204 No Content\r\n\r\n")) {
            assertThat(tell(hub.url())).isEqualTo(new Delivered(204));
            assertThat(hub.received())
                    .startsWith("POST / HTTP/1.1\r\n")
                    .containsIgnoringCase("content-type: application/x-www-form-urlencoded")
                    .endsWith("\r\n\r\nhub.mode=publish&hub.url=https%3A%2F%2Fnews.example%2Fatom.xml");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 400, 404, 410, 429, 500})
    void whateverElseTheHubAnswersItIsToldAgain(int status) throws Exception {
        assertThat(outcome("HTTP/1.1 " + status + " No\r\n"))
                .isEqualTo(new Failed(status, "the hub answered " + status, null));
    }

    @Test
    void theHubSaysWhenItWantsToBeToldAgain() throws Exception {
        assertThat(outcome("HTTP/1.1 503 Busy\r\nretry-after: 90\r\n"))
                .isEqualTo(new Failed(503, "the hub answered 503", Duration.ofSeconds(90)));
    }

    @Test
    void aHubThatDoesNotAnswerIsToldAgain() throws Exception {
        try (Receiver hub = Receiver.answering("")) {
            assertThat(tell(hub.url())).isEqualTo(new Failed(null, "no answer in time", null));
        }
    }

    @Test
    void withoutAHubNobodyIsTold() {
        assertThat(channel("").unavailable()).contains("No hub is set (BROADSHEET_WEBSUB_HUB)");
    }

    @ParameterizedTest
    @CsvSource({
        "nowhere, must be an http or https URL with a host",
        "http://10.0.0.1/, has an address that may not be called"
    })
    void aHubThatCannotBeCalledFailsTheStart(String hub, String message) {
        assertThatThrownBy(() -> channel(hub))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageContaining("BROADSHEET_WEBSUB_HUB " + message);
    }

    @Test
    void aHubNeedsTheAddressOfTheSite() {
        assertThatThrownBy(() -> new WebSubProperties("https://hub.example", ""))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageContaining("BROADSHEET_WEBSUB_HUB needs BROADSHEET_BASE_URL");
    }

    private DeliveryOutcome outcome(String head) throws IOException {
        try (Receiver hub = Receiver.answering(head + "content-length: 0\r\n\r\n")) {
            return tell(hub.url());
        }
    }

    private DeliveryOutcome tell(String hub) {
        var message = new OutgoingMessage(
                "message-1", Mockito.mock(Subscription.class), List.of(), OutgoingMessage.Kind.ALERT);
        return requireNonNull(channel(hub).send(message).block(Duration.ofSeconds(30)));
    }

    private WebSubChannel channel(String hub) {
        return new WebSubChannel(new WebSubProperties(hub, SITE), LocalReceivers.urls(), client);
    }
}
