package broadsheet.stats.position;

import broadsheet.events.EventCodec;
import broadsheet.events.Topic;
import broadsheet.events.ViewsSpooled;
import broadsheet.kafka.TopicBeginning;
import broadsheet.kafka.WholeTopicListener;
import broadsheet.kafka.WholeTopicReader;
import broadsheet.kafka.WholeTopicReaders;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;

/** Which spools of article-service hold accepted views that Kafka does not have yet, by {@code news.views.spooled}. */
@Component
public class SpooledViews implements WholeTopicListener {

    private final Map<String, Long> waiting = new ConcurrentHashMap<>();
    private volatile boolean known;

    /** Whether all spools are known to be empty. */
    public boolean areNone() {
        return known && waiting.isEmpty();
    }

    /** How many views wait in each spool, as it said last; none is empty. */
    Map<String, Long> waiting() {
        return Map.copyOf(waiting);
    }

    @Override
    public void onBeginning(TopicBeginning beginning) {
        known = false;
        waiting.clear();
    }

    @Override
    public void onRecord(ConsumerRecord<String, byte[]> record) {
        if (EventCodec.decode(record).event() instanceof ViewsSpooled spooled) {
            if (spooled.waiting() == 0) {
                waiting.remove(spooled.spool());
            } else {
                waiting.put(spooled.spool(), spooled.waiting());
            }
        }
    }

    @Override
    public void onCaughtUp() {
        known = true;
    }

    @Configuration(proxyBeanMethods = false)
    static class Reader {

        @Bean
        WholeTopicReader spooledViewsReader(WholeTopicReaders readers, SpooledViews spooled) {
            return readers.of(Topic.VIEWS_SPOOLED, spooled);
        }
    }
}
