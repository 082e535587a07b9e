package broadsheet.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Opens many streams of notifications from one thread, keeps them open, and tells for each event how many streams it
 * reached and how long after it happened. Needs no class path: {@code java OpenStreams.java STREAM STREAMS SECONDS}. Needs
 * a limit of open files above the number of streams, here and in the service, and a service that allows one address so
 * many.
 */
@SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes, others look
final class OpenStreams {

    private static final int CONNECTING_AT_ONCE = 200;
    private static final byte[] GREETING = "HTTP/1.1 200".getBytes(US_ASCII);
    private static final byte[] EVENT = "\"time\":\"".getBytes(US_ASCII);
    private static final Pattern TIME = Pattern.compile("[^\"]+");

    private final Selector selector;
    private final InetSocketAddress address;
    private final byte[] request;
    private final int streams;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);
    private final List<Arrivals> events = new ArrayList<>();
    private final long start = System.nanoTime();
    private int opened;
    private volatile int greeted;
    private volatile int ended;
    private volatile boolean closed;

    OpenStreams(URI stream, int streams) throws IOException {
        this.selector = Selector.open();
        this.streams = streams;
        this.address = new InetSocketAddress(stream.getHost(), stream.getPort());
        this.request = "GET %s HTTP/1.1\r\nHost: %s\r\nAccept: text/event-stream\r\n\r\n"
                .formatted(stream.getRawPath(), stream.getAuthority())
                .getBytes(US_ASCII);
    }

    /** Arguments: the address of the stream, how many, for how many seconds. */
    public static void main(String[] arguments) throws IOException {
        var load = new OpenStreams(URI.create(arguments[0]), Integer.parseInt(arguments[1]));
        load.run(Duration.ofSeconds(Long.parseLong(arguments[2])));
        System.out.printf("%d opened, %d greeted, %d ended%n", load.opened, load.greeted, load.ended);
        load.events.forEach(System.out::println);
    }

    /** Until it is closed, or that time is over. */
    void run(Duration time) throws IOException {
        boolean complete = false;
        while (!closed && System.nanoTime() - start < time.toNanos()) {
            while (opened < streams && opened - greeted - ended < CONNECTING_AT_ONCE) {
                open();
            }
            selector.select(100);
            for (var key : selector.selectedKeys()) {
                serve(key, (Stream) key.attachment());
            }
            selector.selectedKeys().clear();
            if (!complete && isComplete()) {
                complete = true;
                System.out.printf("%d streams open after %d ms%n", greeted, (System.nanoTime() - start) / 1_000_000);
            }
        }
        for (var key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }

    boolean isComplete() {
        return greeted == streams;
    }

    int ended() {
        return ended;
    }

    /** The arrivals of the events, in the order they happened. */
    synchronized List<Arrivals> events() {
        return List.copyOf(events);
    }

    void close() {
        closed = true;
    }

    private void open() throws IOException {
        var channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.connect(address);
        channel.register(selector, SelectionKey.OP_CONNECT, new Stream());
        opened++;
    }

    private void serve(SelectionKey key, Stream stream) {
        var channel = (SocketChannel) key.channel();
        try {
            if (key.isConnectable()) {
                channel.finishConnect();
                channel.write(ByteBuffer.wrap(request));
                key.interestOps(SelectionKey.OP_READ);
                return;
            }
            buffer.clear();
            if (channel.read(buffer) < 0) {
                throw new IOException("The service has ended the stream");
            }
            buffer.flip();
            read(stream);
        } catch (IOException e) {
            ended++;
            key.cancel();
        }
    }

    private void read(Stream stream) {
        while (buffer.hasRemaining()) {
            byte next = buffer.get();
            stream.greeting = matched(GREETING, stream.greeting, next);
            stream.event = matched(EVENT, stream.event, next);
            if (stream.greeting == GREETING.length) {
                stream.greeting = 0;
                greeted++;
            }
            if (stream.event == EVENT.length) {
                stream.event = 0;
                arrived(stream.events++);
            }
        }
    }

    private static int matched(byte[] pattern, int before, byte next) {
        if (next == pattern[before]) {
            return before + 1;
        }
        return next == pattern[0] ? 1 : 0;
    }

    private synchronized void arrived(int number) {
        long now = System.nanoTime();
        if (number == events.size()) {
            events.add(new Arrivals(now, untilFirst()));
        }
        events.get(number).add(now);
    }

    /** How long ago the event happened whose beginning was just read; nothing where its time has not come yet. */
    private Duration untilFirst() {
        var time = TIME.matcher(US_ASCII.decode(buffer.duplicate()));
        return time.find() ? Duration.between(Instant.parse(time.group()), Instant.now()) : Duration.ZERO;
    }

    private static final class Stream {
        int greeting;
        int event;
        int events;
    }

    /** How long after an event it came to each stream. */
    static final class Arrivals {

        private final long happened;
        private final List<Long> after = new ArrayList<>();

        Arrivals(long first, Duration untilFirst) {
            this.happened = first - untilFirst.toNanos();
        }

        private void add(long now) {
            after.add(now - happened);
        }

        int streams() {
            return after.size();
        }

        long millis(double share) {
            return after.get(Math.max(0, (int) Math.ceil(share * after.size()) - 1)) / 1_000_000;
        }

        @Override
        public String toString() {
            return "event on %d streams: the first after %d ms, half of them %d ms, 99 %% %d ms, the last %d ms"
                    .formatted(streams(), millis(0), millis(0.5), millis(0.99), millis(1));
        }
    }
}
