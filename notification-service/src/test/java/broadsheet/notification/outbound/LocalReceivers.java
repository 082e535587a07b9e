package broadsheet.notification.outbound;

import broadsheet.web.outbound.CallableAddresses;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/** What calls receivers in tests of channels: on this machine, and nowhere else. */
public final class LocalReceivers {

    private static final CallableAddresses CALLABLE = new CallableAddresses(List.of("127.0.0.1/32"), Set.of());

    private LocalReceivers() {}

    public static OutboundClient client(Duration answerWithin) {
        var properties = new OutboundProperties(List.of(), Duration.ofSeconds(5), answerWithin, 4, 100);
        return new OutboundClient(properties, CALLABLE, InstantSource.system(), null);
    }

    public static ReceiverUrlCheck urls() {
        return new ReceiverUrlCheck(CALLABLE);
    }
}
