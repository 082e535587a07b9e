package broadsheet.stats.article;

import broadsheet.events.ArticleChanged;
import broadsheet.events.ArticleSnapshot;
import broadsheet.events.EventCodec;
import broadsheet.events.UnreadableEventException;
import broadsheet.kafka.ListenerFactories;
import broadsheet.stats.StatsProperties;
import broadsheet.stats.kafka.DeadLetters;
import broadsheet.stats.kafka.UnreadableRecord;
import broadsheet.web.cache.SharedHttpCache;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Stores the newest version of each article, and what each version was published under. Its group is its own, so that its rebalances do not hold up the counting. */
@Component
class ArticleListener {

    private static final int BATCH_SIZE = 500;

    private final ArticleVersions versions;
    private final DeadLetters deadLetters;
    private final StatsProperties properties;
    private final SharedHttpCache answers;

    ArticleListener(
            ArticleVersions versions, DeadLetters deadLetters, StatsProperties properties, SharedHttpCache answers) {
        this.versions = versions;
        this.deadLetters = deadLetters;
        this.properties = properties;
        this.answers = answers;
    }

    @KafkaListener(
            id = "stats-articles",
            groupId = "stats-service-articles",
            topics = "${broadsheet.stats.articles-topic:news.articles}",
            containerFactory = "statsArticlesListenerFactory")
    void articles(List<ConsumerRecord<String, byte[]>> batch) {
        store(batch).block(properties.timeLimit());
        answers.drop("articles");
    }

    /** Dead letters last, so that a store that is away does not make one of them at every try. */
    private Mono<Void> store(List<ConsumerRecord<String, byte[]>> batch) {
        List<ArticleSnapshot> all = new ArrayList<>();
        List<UnreadableRecord> letters = new ArrayList<>();
        for (var record : batch) {
            try {
                if (EventCodec.decode(record).event() instanceof ArticleChanged changed) {
                    all.add(changed.article());
                } else {
                    letters.add(new UnreadableRecord(record, "Not an event about an article's content"));
                }
            } catch (UnreadableEventException e) {
                letters.add(UnreadableRecord.of(record, e));
            }
        }
        return versions.store(all).then(deadLetters.keep(letters));
    }

    /** Makes the containers that run the listener. */
    @Configuration(proxyBeanMethods = false)
    static class ArticleListenerContainers {

        @Bean
        ConcurrentKafkaListenerContainerFactory<Object, Object> statsArticlesListenerFactory(
                ListenerFactories factories) {
            return factories.ofBatches(BATCH_SIZE);
        }
    }
}
