package broadsheet.stats.milestone;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.unset;

import broadsheet.events.ArticleMilestone;
import broadsheet.events.ArticleMilestone.Kind;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.reactivestreams.client.MongoCollection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/** Milestones as earlier releases stored them, field by field and of articles alone: they are sent and erased as all others. */
final class EarlierMilestones {

    private static final String ARTICLE_ID = "articleId";
    private static final String KIND = "kind";
    private static final String HITS = "hits";
    private static final int BATCH_SIZE = 500;

    private EarlierMilestones() {}

    static Publisher<?> upgrade(MongoCollection<Document> milestones) {
        return Flux.from(milestones.find(exists(ARTICLE_ID)))
                .map(EarlierMilestones::upgraded)
                .buffer(BATCH_SIZE)
                .concatMap(writes -> milestones.bulkWrite(writes, new BulkWriteOptions().ordered(false)));
    }

    private static UpdateOneModel<Document> upgraded(Document stored) {
        List<Bson> changes = new ArrayList<>(List.of(unset(ARTICLE_ID), unset(KIND), unset(HITS)));
        Milestones.fields(read(stored)).forEach((field, value) -> changes.add(set(field, value)));
        return new UpdateOneModel<>(and(eq("_id", stored.get("_id")), exists(ARTICLE_ID)), combine(changes));
    }

    private static Milestone read(Document stored) {
        Instant noticedAt = stored.getDate(Milestones.NOTICED_AT).toInstant();
        return new Milestone(
                stored.getString("_id"),
                noticedAt,
                new ArticleMilestone(
                        stored.getString(ARTICLE_ID),
                        Kind.valueOf(stored.getString(KIND)),
                        stored.getLong(HITS),
                        noticedAt));
    }
}
