package broadsheet.stats.live;

import broadsheet.kafka.TopicBeginning;
import broadsheet.kafka.WholeTopicListener;
import broadsheet.kafka.WholeTopicReader;
import broadsheet.kafka.WholeTopicReaders;
import broadsheet.stats.visitor.VisitorSketch;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.config.TopicConfig;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * What all instances have counted, read from the end of their topic: the sums since they were taken last, and which
 * articles were active in the last five minutes, in 4 KiB a second at most.
 */
@Component
class LiveTail implements WholeTopicListener {

    private static final Duration ACTIVE = Duration.ofMinutes(5);
    private static final Duration KEPT = Duration.ofMinutes(10);
    private static final long RECORDS = 3_000; // five minutes of ten instances

    private final JsonMapper json;
    private final TreeMap<Long, VisitorSketch> active = new TreeMap<>();
    private LiveSums sums = new LiveSums();
    private boolean caughtUp;

    LiveTail(JsonMapper json) {
        this.json = json;
    }

    @Override
    public synchronized void onBeginning(TopicBeginning beginning) {
        active.clear();
        caughtUp = false;
    }

    @Override
    public synchronized void onCaughtUp() {
        caughtUp = true;
    }

    @Override
    public void onRecord(ConsumerRecord<String, byte[]> record) {
        add(json.readValue(record.value(), CountedSecond.class), Instant.ofEpochMilli(record.timestamp()));
    }

    /** What was there at the start tells which articles are active, and is no longer what is counted now. */
    synchronized void add(CountedSecond counted, Instant time) {
        active.computeIfAbsent(time.getEpochSecond(), second -> new VisitorSketch(CountedSecond.SKETCH_PRECISION))
                .addAll(Base64.getDecoder().decode(counted.activeArticles()));
        active.headMap(time.minus(ACTIVE).getEpochSecond()).clear();
        if (caughtUp) {
            sums.add(counted);
        }
    }

    /** The sums since the last call. */
    synchronized LiveSums take() {
        LiveSums taken = sums;
        sums = new LiveSums();
        return taken;
    }

    synchronized long activeArticles(Instant now) {
        var all = new VisitorSketch(CountedSecond.SKETCH_PRECISION);
        active.tailMap(now.minus(ACTIVE).getEpochSecond()).values().forEach(second -> all.addAll(second.toBytes()));
        return all.count();
    }

    @Configuration(proxyBeanMethods = false)
    static class Reader {

        private static final short AS_THE_BROKER_SAYS = -1;

        /** Of this service alone, so no part of the contract. */
        @Bean
        WholeTopicReader liveTailReader(WholeTopicReaders readers, LiveTail tail, LiveProperties properties) {
            var topic = new NewTopic(properties.topic(), 1, AS_THE_BROKER_SAYS)
                    .configs(Map.of(TopicConfig.RETENTION_MS_CONFIG, Long.toString(KEPT.toMillis())));
            return readers.ofLast(RECORDS, topic, tail);
        }
    }
}
