package broadsheet.stats.rollup;

import static com.mongodb.client.model.Filters.or;

import broadsheet.stats.generation.CopiedDocuments;
import java.time.Instant;
import java.util.List;
import org.bson.conversions.Bson;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Copies what the site had on the days before some day from one generation to another: distinct visitors cannot be added up
 * again once their articles have only numbers. Months are made of the days.
 */
@Component
public class CopiedRollups {

    private final CopiedDocuments documents;

    CopiedRollups(CopiedDocuments documents) {
        this.documents = documents;
    }

    /** The ids of those next in the order of their ids, which are copied. */
    public Mono<List<String>> copy(int from, int to, Instant before, String after, int limit) {
        List<Bson> days = RollupIds.KINDS.stream()
                .map(kind -> RollupIds.days(kind, Instant.EPOCH, before))
                .toList();
        return documents
                .copy(SiteRollups.COLLECTION, from, to, or(days), after, limit)
                .map(copied ->
                        copied.stream().map(rollup -> rollup.getString("_id")).toList());
    }
}
