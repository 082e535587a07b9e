package broadsheet.stats.history;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Indexes.ascending;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import broadsheet.stats.classification.ClassifiedView;
import broadsheet.stats.generation.ServedCollections;
import broadsheet.stats.position.Place;
import broadsheet.stats.projection.Fences;
import broadsheet.stats.projection.Projection;
import com.mongodb.client.model.IndexModel;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * {@code stats_site_days}: the views of all articles together on a day in UTC, hits by quarter of an hour and the others by
 * hour, in a document for each partition: one that all of them touched would be rewritten in a race of all instances.
 */
@Component
public class SiteDays implements Projection {

    public static final String COLLECTION = "stats_site_days";

    static final String START = "start";

    private final ServedCollections collections;

    public SiteDays(ServedCollections collections) {
        this.collections = collections;
    }

    @Override
    public String collection() {
        return COLLECTION;
    }

    @Override
    public List<IndexModel> indexes() {
        return List.of(new IndexModel(ascending(START)));
    }

    @Override
    public Optional<String> documentId(ClassifiedView view) {
        return view.view() == null
                ? Optional.empty()
                : Optional.of(view.countedAt().atOffset(ZoneOffset.UTC).toLocalDate() + "#" + view.partition());
    }

    @Override
    public Bson change(List<ClassifiedView> views, Document stored) {
        List<Bson> changes = new ArrayList<>();
        changes.add(set(START, Date.from(views.get(0).countedAt().truncatedTo(ChronoUnit.DAYS))));
        changes.addAll(ViewFields.hitsByTime(ClassifiedView.hits(views), TimeOfDay.QUARTER));
        changes.addAll(ViewFields.others(views));
        return combine(changes);
    }

    /** The counts of the days that overlap {@code [from, to)}, by their starts; days without views are left out. */
    public Mono<Map<Instant, DayCounts>> counts(Instant from, Instant to) {
        return collections
                .read(COLLECTION, days -> days.find(startIn(from.truncatedTo(ChronoUnit.DAYS), to)))
                .collect(TreeMap::new, (all, day) -> {
                    Instant start = day.getDate(START).toInstant();
                    all.computeIfAbsent(start, none -> new DayCounts()).add(start, day);
                });
    }

    /** The counts of the day that starts then, in a generation. */
    public Mono<DayCounts> counts(int generation, Instant day) {
        return collections
                .named(COLLECTION, generation)
                .flatMapMany(days -> days.find(eq(START, Date.from(day))))
                .reduceWith(DayCounts::new, (counts, stored) -> counts.add(day, stored));
    }

    private static Bson startIn(Instant from, Instant to) {
        return and(gte(START, Date.from(from)), lt(START, Date.from(to)));
    }

    /** To which place of each partition a generation's days are counted that start in {@code [from, to)}. */
    public Flux<CountedTo> countedTo(int generation, Instant from, Instant to) {
        return collections
                .named(COLLECTION, generation)
                .flatMapMany(days -> days.find(startIn(from, to)).projection(include(START, Fences.FIELD)))
                .map(day -> new CountedTo(day.getDate(START).toInstant(), Fences.of(day)));
    }

    /** The last record of each partition that a day has counted, of some partitions or all. */
    public record CountedTo(Instant day, Map<String, Place> places) {}
}
