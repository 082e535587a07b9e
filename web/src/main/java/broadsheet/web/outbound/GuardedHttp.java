package broadsheet.web.outbound;

import io.netty.channel.ChannelOption;
import java.time.Duration;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** HTTP to addresses that strangers named: never where they may not be called, through a proxy, or where an answer points to. */
public final class GuardedHttp {

    private GuardedHttp() {}

    public static HttpClient client(
            ConnectionProvider connections, CallableAddresses callable, Duration connectWithin) {
        var guard = new ConnectGuard(callable);
        return HttpClient.create(connections)
                .followRedirect(false)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) connectWithin.toMillis())
                .doOnChannelInit(
                        (observer, channel, remote) -> channel.pipeline().addFirst(guard));
    }
}
