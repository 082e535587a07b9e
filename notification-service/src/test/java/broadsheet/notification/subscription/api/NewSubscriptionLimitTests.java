package broadsheet.notification.subscription.api;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import broadsheet.notification.NotificationProperties;
import broadsheet.notification.subscription.Subscriptions;
import broadsheet.notification.subscription.Target;
import broadsheet.notification.subscription.Target.EmailTarget;
import broadsheet.notification.subscription.Target.WebPushTarget;
import broadsheet.notification.subscription.Target.WebhookTarget;
import broadsheet.web.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

class NewSubscriptionLimitTests {

    private final Subscriptions subscriptions = mock(Subscriptions.class);
    private final NotificationProperties settings = mock(NotificationProperties.class);

    @Test
    void aHostThatHasManyWebhooksGetsNoMore() {
        assertRefused(new WebhookTarget("https://victim.example/hook", null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://victim.example/a", "https://push.apple.com.victim.example/a"})
    void aHostThatSomebodyCallsAPushServiceGetsNoMore(String endpoint) {
        assertRefused(browser(endpoint));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://fcm.googleapis.com/fcm/send/a",
                "https://updates.push.services.mozilla.com/wpush/v2/a",
                "https://web.push.apple.com/a",
                "https://db5p.notify.windows.com/w/?token=a"
            })
    void mostBrowsersShareAPushService(String endpoint) {
        assertThatCode(() -> check(browser(endpoint))).doesNotThrowAnyException();
    }

    @Test
    void mailboxesHaveLimitsOfTheirOwn() {
        assertThatCode(() -> check(new EmailTarget("ada@example.org"))).doesNotThrowAnyException();
    }

    private void assertRefused(Target target) {
        assertThatThrownBy(() -> check(target))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("victim.example' has 2 subscriptions already");
    }

    private void check(Target target) {
        when(settings.webhooksPerHost()).thenReturn(2);
        when(subscriptions.countByHost(anyString())).thenReturn(Mono.just(2L));
        new NewSubscriptionLimit(subscriptions, settings).checkReceiver(target).block();
    }

    private static WebPushTarget browser(String endpoint) {
        return new WebPushTarget(endpoint, new WebPushTarget.Keys("p256dh", "auth"));
    }
}
