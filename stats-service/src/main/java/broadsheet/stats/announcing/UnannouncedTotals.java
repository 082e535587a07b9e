package broadsheet.stats.announcing;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.unset;

import broadsheet.stats.StatsCollections;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.UpdateOneModel;
import java.util.List;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The totals whose {@code unannounced} the counting has set. */
@Component
class UnannouncedTotals {

    private static final Bson UNANNOUNCED = eq("unannounced", true);

    private final StatsCollections collections;

    UnannouncedTotals(StatsCollections collections) {
        this.collections = collections;
    }

    Flux<Total> all() {
        return find(UNANNOUNCED);
    }

    Flux<Total> among(List<String> articleIds) {
        return find(and(in("_id", articleIds), UNANNOUNCED));
    }

    private Flux<Total> find(Bson filter) {
        return collections
                .named(StatsCollections.TOTALS)
                .flatMapMany(totals -> totals.find(filter).projection(include("hits")))
                .map(total -> new Total(total.getString("_id"), total.getLong("hits")));
    }

    /**
     * Where a total has changed meanwhile it stays to be announced, or becomes so again: another instance may have
     * announced the newer one before this older one arrived.
     */
    Mono<Void> announced(List<Total> announced) {
        List<UpdateOneModel<Document>> writes = announced.stream()
                .flatMap(total -> Stream.of(
                        new UpdateOneModel<Document>(
                                and(eq("_id", total.articleId()), eq("hits", total.hits())), unset("unannounced")),
                        new UpdateOneModel<Document>(
                                and(eq("_id", total.articleId()), ne("hits", total.hits())), set("unannounced", true))))
                .toList();
        return writes.isEmpty()
                ? Mono.empty()
                : collections
                        .named(StatsCollections.TOTALS)
                        .flatMap(totals -> Mono.from(totals.bulkWrite(writes, new BulkWriteOptions().ordered(false))))
                        .then();
    }
}
