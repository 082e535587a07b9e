package broadsheet.stats.ranking;

import static com.mongodb.client.model.Filters.eq;

import broadsheet.stats.store.StatsCollections;
import broadsheet.store.CollectionOwner;
import com.mongodb.client.model.ReplaceOptions;
import java.util.EnumMap;
import java.util.Map;
import org.bson.Document;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** {@code stats_category_medians}: the hits that a category's articles have at each {@link Age}. */
@Component
class CategoryMedians implements CollectionOwner {

    private static final String COLLECTION = "stats_category_medians";
    private static final String HITS = "hits";
    private static final String ARTICLES = "articles";

    private final StatsCollections collections;

    CategoryMedians(StatsCollections collections) {
        this.collections = collections;
    }

    @Override
    public String collection() {
        return COLLECTION;
    }

    /** @param articles of how many articles the hits are the median */
    record Median(double hits, int articles) {}

    Mono<Void> store(String category, Map<Age, Median> medians) {
        var document = new Document();
        medians.forEach((age, median) ->
                document.append(age.label(), new Document(HITS, median.hits()).append(ARTICLES, median.articles())));
        return collections
                .named(COLLECTION)
                .flatMap(stored ->
                        Mono.from(stored.replaceOne(eq("_id", category), document, new ReplaceOptions().upsert(true))))
                .then();
    }

    /** Those of the ages that articles of the category have reached. */
    Mono<Map<Age, Median>> find(String category) {
        return collections
                .read(COLLECTION, medians -> medians.find(eq("_id", category)))
                .next()
                .map(CategoryMedians::medians)
                .defaultIfEmpty(Map.of());
    }

    private static Map<Age, Median> medians(Document stored) {
        var medians = new EnumMap<Age, Median>(Age.class);
        for (Age age : Age.values()) {
            Document median = stored.get(age.label(), Document.class);
            if (median != null) {
                medians.put(age, new Median(median.getDouble(HITS), median.getInteger(ARTICLES)));
            }
        }
        return medians;
    }
}
