package broadsheet.stats.ledger;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Indexes.ascending;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.set;

import broadsheet.stats.classification.Classification;
import broadsheet.stats.classification.ClassifiedView;
import broadsheet.stats.generation.ServedCollections;
import broadsheet.stats.projection.Projection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexModel;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** {@code stats_ledger}: the classifications of the records that were received in an hour; every record is in it. */
@Component
public class LedgerHours implements Projection {

    public static final String COLLECTION = "stats_ledger";

    static final String START = "start";
    static final String RECEIVED = "received";
    private static final String FORGOTTEN = "forgotten";

    private final ServedCollections collections;

    public LedgerHours(ServedCollections collections) {
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
        return Optional.of(hour(view).toString());
    }

    @Override
    public Bson change(List<ClassifiedView> views, Document stored) {
        List<Bson> changes = new ArrayList<>();
        changes.add(set(START, Date.from(hour(views.get(0)))));
        changes.add(inc(RECEIVED, (long) views.size()));
        views.stream()
                .collect(Collectors.groupingBy(ClassifiedView::classification, Collectors.counting()))
                .forEach((classification, count) -> changes.add(inc(classification.column(), count)));
        long forgotten = views.stream().filter(ClassifiedView::memoryCutShort).count();
        if (forgotten > 0) {
            changes.add(inc(FORGOTTEN, forgotten));
        }
        return combine(changes);
    }

    private static Instant hour(ClassifiedView view) {
        return view.receivedAt().truncatedTo(ChronoUnit.HOURS);
    }

    /** The records of all hours that were classified as this. */
    public Mono<Long> all(Classification classification) {
        return collections.sum(COLLECTION, classification.column(), Filters.empty());
    }

    /** The records that were received in each hour that starts in {@code [from, to)}; hours without views are left out. */
    public Mono<Map<Instant, Long>> received(Instant from, Instant to) {
        return find(from, to)
                .collectMap(LedgerHour::hour, hour -> hour.columns().received());
    }

    /** The hours that start in {@code [from, to)}, in order; hours without views are left out. */
    Flux<LedgerHour> find(Instant from, Instant to) {
        return collections
                .read(
                        COLLECTION,
                        ledger -> ledger.find(and(gte(START, Date.from(from)), lt(START, Date.from(to))))
                                .sort(ascending(START)))
                .map(stored -> new LedgerHour(
                        stored.getDate(START).toInstant(),
                        LedgerColumns.of(
                                stored.get(RECEIVED, 0L),
                                stored.get(FORGOTTEN, 0L),
                                column -> stored.get(column.column(), 0L))));
    }
}
