package broadsheet.kafka;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.slf4j.LoggerFactory;

/** Logs for all readers together that Kafka does not answer: a line a minute, not one for each topic. */
final class ReadingOutages {

    private static final Duration TOLERATED = Duration.ofSeconds(10);

    private final OutageLog log =
            new OutageLog(LoggerFactory.getLogger(WholeTopicReader.class), InstantSource.system(), TOLERATED);
    private final Set<String> topics = new ConcurrentSkipListSet<>();

    void failed(String topic, Throwable e) {
        topics.add(topic);
        log.failed("Cannot ask Kafka about {} and go on asking: {}", topics, e.toString());
    }

    void answered(String topic) {
        if (topics.remove(topic) && topics.isEmpty()) {
            log.recovered("Kafka answers about its topics again");
        }
    }
}
