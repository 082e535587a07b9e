package broadsheet.notification.delivery;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;

import broadsheet.notification.delivery.Delivery.State;
import broadsheet.notification.subscription.Channel;
import com.mongodb.client.model.Accumulators;
import com.mongodb.client.model.Aggregates;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Counts deliveries by their state. */
@Component
public class DeliveryLedger {

    /** Marks deliveries that were not found by matching the event, such as those of a redelivery. */
    static final String LATE = "late";

    private final ReactiveMongoTemplate mongo;

    DeliveryLedger(ReactiveMongoTemplate mongo) {
        this.mongo = mongo;
    }

    public Mono<EventDeliveries> ofEvent(String event) {
        return aggregate(
                        Aggregates.match(of(event)),
                        Aggregates.group(
                                "$state",
                                Accumulators.sum("count", 1L),
                                Accumulators.sum("late", new Document("$cond", List.of("$" + LATE, 1L, 0L)))))
                .collectList()
                .map(groups -> new EventDeliveries(
                        groups.stream()
                                .collect(Collectors.toMap(
                                        group -> State.valueOf(group.getString("_id")),
                                        group -> group.getLong("count"))),
                        groups.stream()
                                .mapToLong(group -> group.getLong("late"))
                                .sum()));
    }

    /** How many deliveries of an event are in each state, by channel. */
    public Mono<Map<Channel, Map<State, Long>>> byChannel(String event) {
        return aggregate(
                        Aggregates.match(of(event)),
                        Aggregates.group(
                                new Document("channel", "$channel").append("state", "$state"),
                                Accumulators.sum("count", 1L)))
                .collect(() -> new EnumMap<Channel, Map<State, Long>>(Channel.class), (counts, group) -> {
                    Document key = group.get("_id", Document.class);
                    counts.computeIfAbsent(
                                    Channel.valueOf(key.getString("channel")), none -> new EnumMap<>(State.class))
                            .put(State.valueOf(key.getString("state")), group.getLong("count"));
                })
                .map(counts -> counts);
    }

    /** The events that somebody was to be told of since a time, with their articles' ids. */
    public Mono<Map<String, String>> articlesByEvent(Instant since) {
        return aggregate(
                        Aggregates.match(gte("eventTime", Date.from(since))),
                        Aggregates.group("$event", Accumulators.first("article", "$article")))
                .collectMap(group -> group.getString("_id"), group -> group.getString("article"));
    }

    static Bson of(String event) {
        return and(gte("_id", event + ":"), lt("_id", event + ";"));
    }

    /**
     * The deliveries of an event.
     *
     * @param late how many of them were added after it was matched, or meanwhile by others
     */
    public record EventDeliveries(Map<State, Long> byState, long late) {}

    /** How many wait in these queues or are being sent, by state. What is finished has no {@code due} and is not read. */
    public Mono<Map<State, Pending>> pending(Channel channel, Collection<Integer> partitions) {
        return aggregate(
                        Aggregates.match(and(
                                in("queue", QueueNames.of(channel, partitions)), gt("due", Date.from(Instant.EPOCH)))),
                        Aggregates.group("$state", Accumulators.sum("count", 1L), Accumulators.min("due", "$due")))
                .collectMap(
                        group -> State.valueOf(group.getString("_id")),
                        group -> new Pending(
                                group.getLong("count"), group.getDate("due").toInstant()));
    }

    private Flux<Document> aggregate(Bson... stages) {
        return mongo.execute(Deliveries.COLLECTION, deliveries -> deliveries.aggregate(List.of(stages)));
    }

    /** How many deliveries are in a state, and when the first of them is due. */
    public record Pending(long count, Instant longestDue) {

        public static final Pending NONE = new Pending(0, Instant.MAX);
    }
}
