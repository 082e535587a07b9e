package broadsheet.notification.delivery.matching;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.set;

import broadsheet.notification.event.StoredEvents;
import java.util.List;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * How far the matching of an event has come, kept with the event: where it takes longer than a try may, the next goes on
 * there, on whatever instance.
 */
@Component
class MatchingProgress {

    private static final String FIELD = "matchingProgress";

    private final ReactiveMongoTemplate mongo;

    MatchingProgress(ReactiveMongoTemplate mongo) {
        this.mongo = mongo;
    }

    /** What walks through many, in the order of their ids. */
    enum Step {
        TOLD_BEFORE,
        FILTERS,
        UNREAD_PUBLICATION
    }

    /** The last id that is done; an empty text where none is. */
    Mono<String> of(String event, Step step) {
        return mongo.execute(StoredEvents.COLLECTION, events -> events.find(eq("_id", event)))
                .next()
                .mapNotNull(stored -> stored.getEmbedded(List.of(FIELD, step.name()), String.class))
                .defaultIfEmpty("");
    }

    Mono<Void> note(String event, Step step, String lastDone) {
        return mongo.execute(
                        StoredEvents.COLLECTION,
                        events -> events.updateOne(eq("_id", event), set(FIELD + "." + step.name(), lastDone)))
                .then();
    }
}
