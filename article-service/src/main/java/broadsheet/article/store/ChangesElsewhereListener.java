package broadsheet.article.store;

import broadsheet.events.ArticleChanged;
import broadsheet.events.ArticleUpdated;
import broadsheet.events.EventCodec;
import broadsheet.events.Topic;
import broadsheet.kafka.WholeTopicListener;
import broadsheet.kafka.WholeTopicReader;
import broadsheet.kafka.WholeTopicReaders;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;

/** Learns from {@code news.articles} what is public, and forgets on this instance what another one changed. */
@Component
class ChangesElsewhereListener implements WholeTopicListener {

    private static final Duration MAX_CLOCK_DIFFERENCE = Duration.ofMinutes(1);

    private final PublicArticles articles;
    private final PublicVersions versions;
    private final Instant firstToForget;

    ChangesElsewhereListener(PublicArticles articles, PublicVersions versions, InstantSource clock) {
        this.articles = articles;
        this.versions = versions;
        this.firstToForget = clock.instant().minus(MAX_CLOCK_DIFFERENCE);
    }

    @Override
    public void onRecord(ConsumerRecord<String, byte[]> record) {
        if (record.value() != null && EventCodec.decode(record).event() instanceof ArticleChanged changed) {
            boolean readersSeeIt = versions.keepNewest(changed.article()) || !(changed instanceof ArticleUpdated);
            if (readersSeeIt
                    && record.timestamp() >= firstToForget.toEpochMilli()) { // nothing older is remembered here
                articles.changedAnywhere(changed.article());
            }
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class ChangesElsewhereReader {

        @Bean
        WholeTopicReader changesElsewhereReader(WholeTopicReaders readers, ChangesElsewhereListener listener) {
            return readers.of(Topic.ARTICLES, listener);
        }
    }
}
