package broadsheet.notification.stream;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.MonoSink;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServerResponse;

/**
 * The body of one client's stream, written to its connection itself: past the codec, which would frame the same event as a
 * chunk for each client anew. What the client does not read waits in the connection's buffer, up to its high-water mark
 * and one frame.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write fails where the client has left, which ends the stream
final class StreamOutput extends ChannelInboundHandlerAdapter {

    private static final WriteBufferWaterMark WAITING = new WriteBufferWaterMark(8 * 1024, 16 * 1024);

    private final MonoSink<Void> response;
    private final boolean pastCodec;
    private final ChannelHandlerContext context;
    private @Nullable Runnable onWritable;

    /** Behind the head, which has been sent; on the connection's event loop. */
    StreamOutput(HttpServerResponse http, Channel channel, MonoSink<Void> response) {
        ChannelPipeline pipeline = channel.pipeline();
        this.response = response;
        this.pastCodec = pipeline.context(NettyPipeline.HttpCodec) != null
                && http.responseHeaders().contains(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED, true);
        channel.config().setWriteBufferWaterMark(WAITING);
        pipeline.addBefore(pastCodec ? NettyPipeline.HttpCodec : NettyPipeline.ReactiveBridge, null, this);
        this.context = pipeline.context(this);
    }

    void onWritable(Runnable action) {
        onWritable = action;
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        context.fireChannelWritabilityChanged();
        if (onWritable != null && isWritable()) {
            onWritable.run();
        }
    }

    boolean isWritable() {
        return context.channel().isWritable();
    }

    /** Takes the frame over; it leaves with the next {@link #flush()}. */
    void write(ByteBuf frame) {
        context.write(pastCodec ? frame : StreamFrames.withoutChunk(frame));
    }

    void flush() {
        context.channel().flush();
    }

    /** The end, behind all frames. */
    void complete() {
        response.success();
    }

    /** Ends the connection whatever waits for its client. */
    void cutOff() {
        context.close();
    }

    /** The connection may go on with another request. */
    void release() {
        if (!context.isRemoved()) {
            context.pipeline().remove(this);
        }
    }
}
