package broadsheet.stats.counting;

import static broadsheet.stats.ViewEvents.arrived;
import static broadsheet.stats.ViewEvents.event;
import static broadsheet.stats.ViewEvents.view;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.stats.IntegrationTest;
import broadsheet.stats.StoredDocuments;
import broadsheet.stats.generation.Generation;
import broadsheet.stats.total.ArticleTotals;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.test.context.TestPropertySource;

/** A batch that failed is tried again, and a rebalance may have come between. */
@IntegrationTest
@TestPropertySource(
        properties = {
            "broadsheet.stats.views-topic=service.views",
            "broadsheet.stats.articles-topic=service.articles",
            "broadsheet.stats.hits-topic=service.hits"
        })
class RevokedPartitionIntegrationTests {

    @Autowired
    ViewCountings countings;

    @Autowired
    ConsumerFactory<String, byte[]> consumers;

    @Value("${spring.mongodb.uri}")
    String uri;

    @SuppressWarnings("NullAway.Init")
    RevokedPartitionIntegrationTests() {}

    private final Generation generation =
            new Generation(Generation.FIRST, List.of("test"), null, Set.of(ArticleTotals.COLLECTION), null, null);

    @Test
    void whatIsAnothersByNowIsLeftToIt() {
        String article = "article-" + UUID.randomUUID();
        try (Consumer<String, byte[]> withoutPartitions = consumers.createConsumer("none", "none");
                var store = new StoredDocuments(uri)) {
            countings
                    .of(generation)
                    .count(List.of(arrived(0, 0, event(view(article, "v", Instant.now())))), withoutPartitions);

            assertThat(store.find(ArticleTotals.COLLECTION, article)).isNull();
        }
    }
}
