package broadsheet.article.store;

import broadsheet.events.ArticleChanged;
import broadsheet.events.ArticleUpdated;
import broadsheet.events.EventCodec;
import broadsheet.events.Topic;
import broadsheet.kafka.WholeTopicListener;
import broadsheet.kafka.WholeTopicReader;
import broadsheet.kafka.WholeTopicReaders;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;

/** Forgets on this instance what another one changed, which it learns from {@code news.articles}. */
@Component
class ChangesElsewhereListener implements WholeTopicListener {

    private final PublicArticles articles;

    ChangesElsewhereListener(PublicArticles articles) {
        this.articles = articles;
    }

    @Override
    public void onRecord(ConsumerRecord<String, byte[]> record) {
        if (record.value() != null
                && EventCodec.decode(record).event() instanceof ArticleChanged changed
                && !(changed instanceof ArticleUpdated)) {
            articles.changedAnywhere(changed.article());
        }
    }

    /** Reads from where the topic ends: what is older than this instance it has not remembered. */
    @Configuration(proxyBeanMethods = false)
    static class ChangesElsewhereReader {

        @Bean
        WholeTopicReader changesElsewhereReader(WholeTopicReaders readers, ChangesElsewhereListener listener) {
            return readers.ofLast(1, Topic.ARTICLES, Topic.ARTICLES.topicName(), listener);
        }
    }
}
