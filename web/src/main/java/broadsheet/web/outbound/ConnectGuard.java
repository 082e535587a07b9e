package broadsheet.web.outbound;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/**
 * Refuses to connect where the address may not be called. It sees the very address that the socket gets, after DNS and for
 * each address of a host; Reactor Netty's own selector of addresses is not asked where the host is written as an address.
 */
@Sharable
final class ConnectGuard extends ChannelOutboundHandlerAdapter {

    private final CallableAddresses callable;

    ConnectGuard(CallableAddresses callable) {
        this.callable = callable;
    }

    @Override
    public void connect(
            ChannelHandlerContext context, SocketAddress remote, SocketAddress local, ChannelPromise promise) {
        if (remote instanceof InetSocketAddress socket && callable.permit(socket)) {
            var unused = context.connect(remote, local, promise); // it completes the promise
        } else {
            promise.tryFailure(new RefusedAddressException());
        }
    }
}
