package broadsheet.stats.counting;

import static com.mongodb.client.model.Filters.eq;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.stats.StoredDocuments;
import broadsheet.stats.TestStatsProperties;
import broadsheet.stats.generation.Generations;
import broadsheet.stats.total.ArticleTotals;
import broadsheet.testservers.MongoServers;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What a release adds reaches a store that was restated before it. */
@ParameterizedClass
@MethodSource("servers")
class GenerationIndexesIntegrationTests {

    private final StoredDocuments store;

    GenerationIndexesIntegrationTests(String uri) {
        store = new StoredDocuments(uri);
    }

    static Stream<Named<String>> servers() {
        return MongoServers.uris("generation-indexes-" + UUID.randomUUID());
    }

    @AfterEach
    void drop() {
        store.drop();
        store.close();
    }

    @Test
    void aLaterGenerationGetsTheIndexesAndIsUpgraded() {
        store.insert(
                "stats_generations",
                new Document("_id", 2).append("ruleset", "r").append("projections", List.of("stats_totals")));
        store.insert(
                "stats_totals_2",
                new Document("_id", "a").append("hits", 7L).append("bots", 0L).append("unannounced", true));
        var collections = store.collections();
        var generations = new Generations(collections, InstantSource.system());
        var totals = new ArticleTotals(store.served(), TestStatsProperties.THRESHOLDS);

        new GenerationIndexes(collections, generations, List.of(totals))
                .create()
                .block();

        List<Document> keys = requireNonNull(collections
                .named("stats_totals_2")
                .flatMapMany(documents -> documents.listIndexes())
                .map(index -> index.get("key", Document.class))
                .collectList()
                .block());
        assertThat(keys).anyMatch(key -> key.containsKey("unsent")).anyMatch(key -> key.containsKey("hits"));
        assertThat(store.all("stats_totals_2", eq("unsent", true))).hasSize(1);
    }
}
