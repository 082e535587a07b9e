package broadsheet.article.store;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import broadsheet.events.ArticleSnapshot.Status;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Where each public article is: all of them, by the time of publication. */
@Component
public class PublicAddresses {

    private static final List<Status> PUBLIC = List.of(Status.PUBLISHED, Status.CORRECTED);
    private static final List<Status> CHANGED_SINCE = List.of(Status.CORRECTED, Status.WITHDRAWN);

    private final ReactiveMongoTemplate mongo;

    PublicAddresses(ReactiveMongoTemplate mongo) {
        this.mongo = mongo;
    }

    /** The newest that were published from a time on and before another one, newest first. */
    public Flux<PublicAddress> newest(Instant from, Instant before, int limit) {
        return find(listed(PUBLIC, from, before), Sort.Direction.DESC, 0, limit);
    }

    /** Those published from a time on and before another one, oldest first, without the first of them. */
    public Flux<PublicAddress> oldest(Instant from, Instant before, int skipped, int limit) {
        return find(listed(PUBLIC, from, before), Sort.Direction.ASC, skipped, limit);
    }

    public Mono<Long> count(Instant from, Instant before) {
        return mongo.count(query(listed(PUBLIC, from, before)), PublicAddress.class);
    }

    /** All that were corrected or withdrawn after they were published: few, among all. */
    public Flux<PublicAddress> correctedOrWithdrawn() {
        return mongo.find(addressesOf(query(where("status").in(CHANGED_SINCE))), PublicAddress.class);
    }

    private Flux<PublicAddress> find(Criteria those, Sort.Direction direction, int skipped, int limit) {
        Query query = query(those)
                .with(Sort.by(direction, "dates.listed", "_id"))
                .skip(skipped)
                .limit(limit);
        return mongo.find(addressesOf(query), PublicAddress.class);
    }

    private static Query addressesOf(Query query) {
        query.fields().include("slug", "content.category", "content.title", "content.language", "dates");
        return query;
    }

    private static Criteria listed(Collection<Status> statuses, Instant from, Instant before) {
        return where("status").in(statuses).and("dates.listed").gte(from).lt(before);
    }
}
