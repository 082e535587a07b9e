package broadsheet.store;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.DisposableBean;

/** The threads of MongoDB's driver. */
record StoreEventLoops(EventLoopGroup group) implements DisposableBean {

    StoreEventLoops() {
        this(new MultiThreadIoEventLoopGroup(NioIoHandler.newFactory()));
    }

    /** The client has closed its connections before: Boot's own loops wait 2 s for more work, at every stop. */
    @Override
    public void destroy() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
