package broadsheet.benchmarks;

import broadsheet.events.ArticleViewed;
import broadsheet.events.ArticleViewed.Agent;
import broadsheet.events.ArticleViewed.Channel;
import broadsheet.events.ArticleViewed.Device;
import broadsheet.events.ArticleViewed.Evidence;
import broadsheet.events.EncodedEvent;
import broadsheet.events.Envelope;
import broadsheet.events.EventCodec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends views as article-service does, each of another person who uses a browser: of four in ten no page is known that led
 * there, the others come from search engines, networks and five hundred other sites, some by an alert.
 */
final class ViewProducer implements AutoCloseable {

    private static final String BROWSER =
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36";
    private static final int KEY_LENGTH = 22;
    private static final List<Device> DEVICES = List.of(Device.values());
    private static final int OTHER_SITES = 500;
    private static final List<String> KNOWN_SITES = List.of(
            "www.google.com",
            "www.baidu.com",
            "www.bing.com",
            "mp.weixin.qq.com",
            "m.weibo.cn",
            "t.co",
            "www.zhihu.com");

    private final KafkaProducer<String, byte[]> producer;
    private final Random random = new Random(1);
    private long views;

    ViewProducer(String bootstrapServers) {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "compression.type", "lz4"),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    void send(String articleId) {
        send(articleId, (metadata, failure) -> {});
    }

    void send(String articleId, Callback acknowledged) {
        send(articleId, Instant.now(), acknowledged);
    }

    /** As if it had come at this time. */
    @SuppressWarnings("FutureReturnValueIgnored") // the callback has it too
    void send(String articleId, Instant at, Callback acknowledged) {
        Instant now = at.truncatedTo(ChronoUnit.MILLIS);
        String number = Long.toString(++views);
        String key = "0".repeat(KEY_LENGTH - number.length()) + number;
        EncodedEvent event = EventCodec.encode(Envelope.of("/article-service", now, view(now, articleId, key)));
        producer.send(event.toRecord(null, now.toEpochMilli()), acknowledged);
    }

    /** Sends what is no view. */
    @SuppressWarnings("FutureReturnValueIgnored") // what does not arrive is missed at once
    void announce(Envelope<?> event) {
        producer.send(EventCodec.encode(event).toRecord());
    }

    private ArticleViewed view(Instant now, String articleId, String key) {
        return new ArticleViewed(
                articleId,
                1 + random.nextInt(3),
                now,
                now,
                key,
                Channel.PAGE,
                referrer(),
                DEVICES.get(random.nextInt(DEVICES.size())),
                Agent.USER,
                "1",
                random.nextInt(50) == 0 ? "alert-" + random.nextInt(3) : null,
                new Evidence(BROWSER, key, null, "same-origin/cors/empty"));
    }

    private @Nullable String referrer() {
        int kind = random.nextInt(10);
        if (kind < 4) {
            return null;
        }
        // the smaller the number the oftener, as sites are
        return kind < 8
                ? KNOWN_SITES.get(random.nextInt(KNOWN_SITES.size()))
                : "site-" + (int) (OTHER_SITES * Math.pow(random.nextDouble(), 3)) + ".example";
    }

    @Override
    public void close() {
        producer.close();
    }
}
