package broadsheet.stats.position;

import static java.util.stream.Collectors.toMap;

import broadsheet.events.EventCodec;
import broadsheet.events.Topic;
import broadsheet.events.ViewsSpooled;
import broadsheet.kafka.TopicBeginning;
import broadsheet.kafka.WholeTopicListener;
import broadsheet.kafka.WholeTopicReader;
import broadsheet.kafka.WholeTopicReaders;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;

/**
 * Which spools of article-service hold accepted views that Kafka does not have yet, by {@code news.views.spooled}. One whose
 * instance has fallen silent may.
 */
@Component
public class SpooledViews implements WholeTopicListener {

    private final Map<String, Told> spools = new ConcurrentHashMap<>();
    private final InstantSource clock;
    private volatile boolean known;

    SpooledViews(InstantSource clock) {
        this.clock = clock;
    }

    /** Whether all spools are known to be empty. */
    public boolean areNone() {
        return known && waiting().isEmpty();
    }

    /** How many views wait in each spool, as it said last: those that are not known to be empty now. */
    Map<String, Long> waiting() {
        Instant now = clock.instant();
        return spools.entrySet().stream()
                .filter(spool -> !spool.getValue().isEmpty(now))
                .collect(toMap(Map.Entry::getKey, spool -> spool.getValue().waiting()));
    }

    @Override
    public void onBeginning(TopicBeginning beginning) {
        known = false;
        spools.clear();
    }

    @Override
    public void onRecord(ConsumerRecord<String, byte[]> record) {
        if (EventCodec.decode(record).event() instanceof ViewsSpooled spooled) {
            Integer within = spooled.toldAgainWithinSeconds();
            if (within == null && spooled.waiting() == 0) {
                spools.remove(spooled.spool());
            } else {
                spools.put(spooled.spool(), new Told(spooled.waiting(), believedTo(within)));
            }
        }
    }

    /** What was told before this start may be long ago. */
    private Instant believedTo(@Nullable Integer seconds) {
        return known && seconds != null ? clock.instant().plusSeconds(seconds) : Instant.MIN;
    }

    /** @param to when the spool has told again, or may hold views that it could not tell of */
    private record Told(long waiting, Instant to) {

        boolean isEmpty(Instant now) {
            return waiting == 0 && now.isBefore(to);
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
