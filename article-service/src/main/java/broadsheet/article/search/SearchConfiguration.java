package broadsheet.article.search;

import broadsheet.events.Topic;
import broadsheet.kafka.WholeTopicReader;
import broadsheet.kafka.WholeTopicReaders;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.util.concurrent.TimeUnit;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class SearchConfiguration {

    @Bean
    SearchAnalyzer searchAnalyzer() {
        return new SearchAnalyzer();
    }

    @Bean
    WholeTopicReader searchIndexReader(WholeTopicReaders readers, IndexChanges changes) {
        return readers.of(Topic.ARTICLES, changes);
    }

    @Bean
    TimeGauge searchLag(IndexChanges changes, MeterRegistry meters) {
        return TimeGauge.builder(
                        "broadsheet.search.lag",
                        changes,
                        TimeUnit.MILLISECONDS,
                        waiting -> waiting.lag().toMillis())
                .description("For how long the oldest change waits that the search index does not have")
                .register(meters);
    }
}
