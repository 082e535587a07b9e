package broadsheet.web.connection;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * Ends a connection whose client keeps it waiting: for a request, the rest of a header or of a body, or by not reading an
 * answer. How long an answer takes has no limit, nor has a stream. What can still be answered is answered with 408.
 *
 * <p>It stands behind HTTP's codec. Reactor Netty's own limits were ruled out: they know none for a header that trickles,
 * and cost a handler and a timer for each request; this one looks at the clock a few times within its shortest limit,
 * and only while something is awaited.
 */
@SuppressWarnings("FutureReturnValueIgnored") // nobody waits for a close, nor for the next look at the clock
final class ConnectionTimeLimits extends ChannelDuplexHandler {

    private static final long CHECKS_A_LIMIT = 4;
    private static final long NEVER = Long.MAX_VALUE;
    private static final int NONE = 0;
    private static final byte[] PROBLEM =
            "{\"title\":\"Request Timeout\",\"status\":408,\"detail\":\"The request took too long to arrive\"}"
                    .getBytes(StandardCharsets.US_ASCII);

    private final long idle;
    private final long header;
    private final long bodyPause;
    private final long body;
    private final long stalledAnswer;
    private final long checkEvery;

    private Awaited awaited = Awaited.REQUEST;
    private long awaitedSince;
    private long lastRead;
    private int unanswered;
    private boolean messageRead;
    private boolean answering;
    private boolean checking;

    private int pendingMessage;
    private long pendingProgress;
    private long pendingSince;

    /** What of a request comes next. */
    private enum Awaited {
        REQUEST,
        REST_OF_HEADER,
        REST_OF_BODY
    }

    ConnectionTimeLimits(ConnectionProperties limits) {
        idle = limits.idle().toNanos();
        header = limits.header().toNanos();
        bodyPause = limits.bodyPause().toNanos();
        body = limits.body().toNanos();
        stalledAnswer = limits.stalledAnswer().toNanos();
        checkEvery =
                Math.min(Math.min(Math.min(idle, header), Math.min(bodyPause, body)), stalledAnswer) / CHECKS_A_LIMIT;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        await(Awaited.REQUEST, context);
        context.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        messageRead = true;
        lastRead = System.nanoTime();
        if (message instanceof HttpRequest) {
            unanswered++;
            await(Awaited.REST_OF_BODY, context);
        }
        if (message instanceof LastHttpContent) {
            await(Awaited.REQUEST, context);
        }
        context.fireChannelRead(message);
    }

    /** Bytes were read that made no message: a header has begun. */
    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (!messageRead && awaited == Awaited.REQUEST) {
            await(Awaited.REST_OF_HEADER, context);
        }
        messageRead = false;
        context.fireChannelReadComplete();
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof HttpResponse response) {
            answering = response.status().codeClass() != HttpStatusClass.INFORMATIONAL;
        }
        if (message instanceof LastHttpContent && answering) {
            answering = false;
            unanswered--;
            awaitedSince = System.nanoTime();
            lastRead = awaitedSince;
            check(context);
        }
        context.write(message, promise);
    }

    @Override
    public void flush(ChannelHandlerContext context) {
        context.flush();
        if (!checking && isPending(context)) {
            check(context);
        }
    }

    private void await(Awaited next, ChannelHandlerContext context) {
        awaited = next;
        awaitedSince = System.nanoTime();
        check(context);
    }

    private void check(ChannelHandlerContext context) {
        if (!checking) {
            checking = true;
            context.executor().schedule(() -> checkNow(context), checkEvery, TimeUnit.NANOSECONDS);
        }
    }

    private void checkNow(ChannelHandlerContext context) {
        checking = false;
        if (context.isRemoved() || !context.channel().isActive()) {
            return;
        }
        long now = System.nanoTime();
        boolean pending = isPending(context);
        if (!pending) {
            pendingMessage = NONE;
        }
        if (pending && isStalled(context, now)) {
            context.close();
        } else if (!pending && (now - awaitedSince > limit() || isPaused(now))) {
            end(context);
        } else if (pending || limit() != NEVER) {
            check(context);
        }
    }

    /** Whoever sends a request before the answer to an earlier one has come may have to wait for us, not we for them. */
    private long limit() {
        return switch (awaited) {
            case REQUEST -> unanswered == 0 ? idle : NEVER;
            case REST_OF_HEADER -> unanswered == 0 ? header : NEVER;
            case REST_OF_BODY -> unanswered <= 1 ? body : NEVER;
        };
    }

    private boolean isPaused(long now) {
        return awaited == Awaited.REST_OF_BODY && unanswered <= 1 && now - lastRead > bodyPause;
    }

    private void end(ChannelHandlerContext context) {
        if (awaited == Awaited.REQUEST || answering || unanswered > 1) {
            context.close();
        } else {
            context.writeAndFlush(requestTimeout()).addListener(ChannelFutureListener.CLOSE);
        }
    }

    private static HttpResponse requestTimeout() {
        var answer = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.REQUEST_TIMEOUT, Unpooled.wrappedBuffer(PROBLEM));
        answer.headers()
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE)
                .set(HttpHeaderNames.CONTENT_TYPE, "application/problem+json")
                .set(HttpHeaderNames.CONTENT_LENGTH, PROBLEM.length);
        return answer;
    }

    /** Whether the client could take something; what is not flushed yet waits for us. */
    private static boolean isPending(ChannelHandlerContext context) {
        ChannelOutboundBuffer waiting = context.channel().unsafe().outboundBuffer();
        return waiting != null && !waiting.isEmpty();
    }

    /** Whether the client has taken nothing of what waits for it for too long. */
    private boolean isStalled(ChannelHandlerContext context, long now) {
        ChannelOutboundBuffer waiting = context.channel().unsafe().outboundBuffer();
        int message = waiting == null ? NONE : System.identityHashCode(waiting.current());
        long progress = waiting == null ? 0 : waiting.currentProgress();
        if (message != pendingMessage || progress != pendingProgress) {
            pendingMessage = message;
            pendingProgress = progress;
            pendingSince = now;
        }
        return now - pendingSince > stalledAnswer;
    }
}
