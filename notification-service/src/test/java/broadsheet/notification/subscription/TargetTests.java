package broadsheet.notification.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.notification.subscription.Target.EmailTarget;
import broadsheet.notification.subscription.Target.HubTarget;
import broadsheet.notification.subscription.Target.WebPushTarget;
import broadsheet.notification.subscription.Target.WebhookTarget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://fcm.googleapis.com/fcm/send/a",
                "https://updates.push.services.mozilla.com/wpush/v2/a",
                "https://web.push.apple.com/a",
                "https://db5p.notify.windows.com/w/?token=a"
            })
    void aBrowserDoesNotChooseItsPushService(String endpoint) {
        assertThat(browser(endpoint).namesReceiver()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://victim.example/a", "https://push.apple.com.victim.example/a"})
    void anyHostMayBeCalledAPushService(String endpoint) {
        assertThat(browser(endpoint).namesReceiver()).isTrue();
    }

    @Test
    void aWebhookNamesItsReceiver() {
        assertThat(new WebhookTarget("https://victim.example/hook", null).namesReceiver())
                .isTrue();
        assertThat(new EmailTarget("ada@example.org").namesReceiver()).isFalse();
        assertThat(new HubTarget().namesReceiver()).isFalse();
    }

    private static WebPushTarget browser(String endpoint) {
        return new WebPushTarget(endpoint, new WebPushTarget.Keys("p256dh", "auth"));
    }
}
