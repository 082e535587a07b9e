package broadsheet.stats.classification;

import static broadsheet.stats.classification.Classification.AUTOMATED;
import static broadsheet.stats.classification.Classification.BOT;
import static broadsheet.stats.classification.Classification.COUNTED;
import static broadsheet.stats.classification.Classification.DEAD_LETTERED;
import static broadsheet.stats.classification.Classification.DOUBLE_CLICK;
import static broadsheet.stats.classification.Classification.DUPLICATE;
import static broadsheet.stats.classification.Classification.INVALID;
import static broadsheet.stats.classification.Classification.LATE;

import broadsheet.events.ArticleViewed;
import broadsheet.events.Envelope;
import broadsheet.stats.StatsProperties;
import broadsheet.stats.position.Place;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Classifies the records of one partition in their order. A classification is a function of the records alone, so a batch
 * that is read again, by any instance and with any boundaries, is classified the same.
 */
public final class ViewClassifier {

    private static final Instant PAST = Instant.parse("2000-01-01T00:00:00Z");

    private final String partition;
    private final StatsProperties properties;
    private final ViewRules rules;
    private final RecentViews recentViews;
    private final NetworkAgents networkAgents;

    /** @param partition as fences name it */
    public ViewClassifier(String partition, StatsProperties properties, ViewRules rules) {
        this.partition = partition;
        this.properties = properties;
        this.rules = rules;
        this.networkAgents = new NetworkAgents(rules.agentsPerNetwork(), rules.agentsPerNetworkWithin());
        this.recentViews = new RecentViews(properties.memory(), properties.doubleClick(), properties.rememberedViews());
    }

    /** The highest timestamp of a record so far. */
    public Instant clock() {
        return Instant.ofEpochMilli(recentViews.clock());
    }

    /** The lowest timestamp of a record that has to be read again to classify on where a partition's clock shows this. */
    public static Instant remembersFrom(Instant clock, StatsProperties properties) {
        return Instant.ofEpochMilli(Math.max(0, RecentViews.horizon(clock.toEpochMilli(), properties.memory())));
    }

    /**
     * Classifies a record that holds an event.
     *
     * @param hasEarlierCopy whether the event stands in the log before, where that is no longer remembered
     */
    public ClassifiedView classify(ConsumerRecord<?, ?> record, Envelope<?> event, BooleanSupplier hasEarlierCopy) {
        Instant writtenAt = advanceTo(record);
        if (event.event() instanceof ArticleViewed view && isReceivedBefore(writtenAt, view)) {
            return classified(record, classify(event.id(), view, hasEarlierCopy), view);
        }
        boolean duplicate = recentViews.hasSeen(event.id());
        recentViews.remember(event.id());
        return withoutView(record, duplicate ? DUPLICATE : INVALID, writtenAt);
    }

    /** Classifies a record that holds no event. */
    public ClassifiedView classifyUnreadable(ConsumerRecord<?, ?> record) {
        return withoutView(record, DEAD_LETTERED, advanceTo(record));
    }

    private Instant advanceTo(ConsumerRecord<?, ?> record) {
        recentViews.advanceTo(record.timestamp());
        return Instant.ofEpochMilli(Math.max(0, record.timestamp()));
    }

    private ClassifiedView classified(ConsumerRecord<?, ?> record, Classification classification, ArticleViewed view) {
        return new ClassifiedView(
                partition,
                Place.of(record),
                classification,
                view,
                countedAt(view),
                view.receivedAt(),
                recentViews.isCutShort());
    }

    private ClassifiedView withoutView(ConsumerRecord<?, ?> record, Classification classification, Instant at) {
        return new ClassifiedView(partition, Place.of(record), classification, null, at, at, recentViews.isCutShort());
    }

    private Classification classify(String eventId, ArticleViewed view, BooleanSupplier hasEarlierCopy) {
        boolean duplicate = recentViews.hasSeen(eventId)
                || (!recentViews.remembersIdsFrom(view.receivedAt()) && hasEarlierCopy.getAsBoolean());
        Classification alone = classifyAlone(view);
        if (!alone.isHit()) {
            recentViews.remember(eventId);
            return duplicate ? DUPLICATE : alone;
        }
        boolean doubleClick = recentViews.hasOpened(view.articleId(), view.visitorKey(), countedAt(view));
        recentViews.remember(eventId, view.articleId(), view.visitorKey(), countedAt(view));
        if (duplicate) {
            return DUPLICATE;
        }
        return doubleClick ? DOUBLE_CLICK : alone;
    }

    /** What the view is where none of the same visitor is considered. */
    private Classification classifyAlone(ArticleViewed view) {
        if (isInTheFuture(view)) {
            return INVALID;
        }
        return switch (rules.agent(view)) {
            case BOT -> BOT;
            case AUTOMATED -> AUTOMATED;
            case USER -> {
                if (isOneAgentTooMany(view)) {
                    yield AUTOMATED;
                }
                yield isLate(view) ? LATE : COUNTED;
            }
        };
    }

    /** The time whose hour and day a view is counted in, if it is. */
    public Instant countedAt(ArticleViewed view) {
        return isInTheFuture(view) || isLate(view) ? view.receivedAt() : view.occurredAt();
    }

    private boolean isInTheFuture(ArticleViewed view) {
        return view.occurredAt().isAfter(view.receivedAt().plus(properties.clockSkew()));
    }

    private boolean isLate(ArticleViewed view) {
        return view.occurredAt().isBefore(view.receivedAt().minus(properties.lateAfter()));
    }

    private boolean isOneAgentTooMany(ArticleViewed view) {
        String network = view.evidence().networkKey();
        String userAgent = view.evidence().userAgent();
        return network != null
                && userAgent != null
                && networkAgents.isOneTooMany(network, userAgent, view.receivedAt(), recentViews.clock());
    }

    /** A view is received before its record is written; a time of receipt that says otherwise is wrong. */
    private boolean isReceivedBefore(Instant writtenAt, ArticleViewed view) {
        return view.receivedAt().isAfter(PAST) && !view.receivedAt().isAfter(writtenAt.plus(properties.clockSkew()));
    }
}
