package broadsheet.notification.stream;

import broadsheet.notification.NotificationProperties;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.stereotype.Component;

/**
 * Keeps this instance's reader of the topic going, on a thread of its own, from before the first request until the web
 * server begins to stop: an open stream would hold that up.
 */
@Component
class PublishedArticlesReader implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(PublishedArticlesReader.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final ConsumerFactory<?, ?> consumers;
    private final KafkaAdmin kafka;
    private final RecordReading reading;
    private final NotificationBroadcast broadcast;
    private final NotificationProperties settings;
    private volatile CountDownLatch stopped = new CountDownLatch(0);

    PublishedArticlesReader(
            ConsumerFactory<?, ?> consumers,
            KafkaAdmin kafka,
            RecordReading reading,
            NotificationBroadcast broadcast,
            NotificationProperties settings) {
        this.consumers = consumers;
        this.kafka = kafka;
        this.reading = reading;
        this.broadcast = broadcast;
        this.settings = settings;
    }

    @Override
    public void start() {
        stopped = new CountDownLatch(1);
        broadcast.start();
        var thread = new Thread(this::run, "notification-stream");
        thread.setDaemon(true);
        thread.start();
    }

    /** The thread looks ten times a second whether it should stop; one that waits for Kafka is left behind. */
    @Override
    public void stop() {
        stopped.countDown();
        broadcast.close();
    }

    @Override
    public boolean isRunning() {
        return stopped.getCount() > 0;
    }

    private void run() {
        boolean away = false;
        while (isRunning()) {
            try (var admin = Admin.create(kafka.getConfigurationProperties());
                    var consumer = consumer()) {
                new TopicReading(admin, consumer, reading, broadcast, settings, this::isRunning).read();
                away = false;
            } catch (RuntimeException e) {
                if (!away) {
                    log.warn("Cannot read {}; trying again every second: {}", settings.topic(), e.toString());
                }
                away = true;
                pause();
            }
        }
    }

    /** No group and no commits: every instance reads everything. */
    @SuppressWarnings("unchecked")
    private Consumer<String, byte[]> consumer() {
        var own = new Properties();
        own.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        own.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        own.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, "1");
        own.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        own.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Long.toString(ANSWER.toMillis()));
        own.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class.getName());
        own.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        return (Consumer<String, byte[]>) consumers.createConsumer(null, "notification-stream", null, own);
    }

    private void pause() {
        try {
            stopped.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException(e);
        }
    }
}
