package broadsheet.benchmarks;

import broadsheet.events.ArticleHits;
import broadsheet.events.EventCodec;
import broadsheet.events.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** How long it takes from the acknowledgement of a view by Kafka to a total on {@code news.hits} that holds it. */
final class ViewToTotal {

    private static final int ARTICLES = 200;
    private static final Duration POLL = Duration.ofMillis(50);

    private final WaitingViews waiting;

    ViewToTotal(Duration warm) {
        this.waiting = new WaitingViews(System.nanoTime() + warm.toNanos());
    }

    /** Takes views a second, seconds of warming up, seconds that are measured, and the options of stats-service's JVM. */
    public static void main(String[] arguments) throws Exception {
        int aSecond = Integer.parseInt(arguments[0]);
        Duration warm = Duration.ofSeconds(Long.parseLong(arguments[1]));
        Duration time = Duration.ofSeconds(Long.parseLong(arguments[2]));
        List<String> jvm = List.of(arguments).subList(3, arguments.length);
        try (StatsServers servers = StatsServers.start(jvm);
                var producer = new ViewProducer(servers.bootstrapServers())) {
            servers.stats().start();
            producer.send("article-0");
            servers.countedASecond(1);
            var measured = new ViewToTotal(warm);
            Thread reader = new Thread(() -> measured.read(servers.bootstrapServers()), "totals");
            reader.setDaemon(true);
            reader.start();
            measured.send(producer, aSecond, warm.plus(time));
            measured.print(aSecond);
            System.out.printf("stats-service: %d MiB at most%n", servers.stats().peakMemory() >> 20);
        }
        System.exit(0);
    }

    void print(int aSecond) {
        waiting.print("view acknowledged to its total on news.hits, %,d views a second".formatted(aSecond));
    }

    void send(ViewProducer producer, int aSecond, Duration time) {
        long start = System.nanoTime();
        long number = 0;
        for (long due = 0; due < time.toNanos(); due += 1_000_000_000L / aSecond) {
            while (System.nanoTime() - start < due) {
                LockSupport.parkNanos(due - (System.nanoTime() - start));
            }
            String article = "measured-" + number++ % ARTICLES;
            producer.send(article, (metadata, failure) -> waiting.acknowledged(article));
        }
    }

    void read(String bootstrapServers) {
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", bootstrapServers, "fetch.max.wait.ms", 50),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.HITS).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (true) {
                consumer.poll(POLL).forEach(this::total);
            }
        }
    }

    private void total(ConsumerRecord<String, byte[]> record) {
        if (record.value() != null && EventCodec.decode(record).event() instanceof ArticleHits hits) {
            waiting.total(hits.articleId(), hits.hits());
        }
    }
}
