package broadsheet.notification.outbound;

import broadsheet.web.outbound.CallableAddresses;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** Clients for tests of what calls receivers. */
public final class OutboundClients {

    private OutboundClients() {}

    /** Calls this machine too, on any port. */
    public static OutboundClient toLoopback() {
        List<String> allow = List.of("127.0.0.0/8");
        return new OutboundClient(
                new OutboundProperties(allow, Duration.ofSeconds(20), Duration.ofSeconds(20), 4, 1000),
                new CallableAddresses(allow, CallableAddresses.HTTP_PORTS),
                InstantSource.system(),
                null);
    }

    /** Checks as where no internal receivers are allowed. */
    public static ReceiverUrlCheck checks() {
        return new ReceiverUrlCheck(new CallableAddresses(List.of(), CallableAddresses.HTTP_PORTS));
    }
}
