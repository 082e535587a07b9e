package broadsheet.stats.history;

import static broadsheet.stats.history.HitBuckets.ARTICLE_ID;
import static broadsheet.stats.history.HitBuckets.START;
import static broadsheet.stats.history.HitBuckets.hour;
import static com.mongodb.client.model.Accumulators.sum;
import static com.mongodb.client.model.Aggregates.group;
import static com.mongodb.client.model.Aggregates.match;
import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.set;

import broadsheet.events.ArticleViewed;
import broadsheet.stats.classification.ClassifiedView;
import broadsheet.stats.classification.ClassifiedView.BotView;
import broadsheet.stats.classification.ClassifiedView.DoubleClick;
import broadsheet.stats.generation.ServedCollections;
import broadsheet.stats.projection.FencedSum;
import broadsheet.stats.projection.Projection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexModel;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** {@code stats_bots_and_double_clicks}: the views of an article in an hour that are no hits. */
@Component
public class BotsAndDoubleClicks implements Projection {

    public static final String COLLECTION = "stats_bots_and_double_clicks";

    private static final String BOTS = "bots";
    private static final String DOUBLE_CLICKS = "doubleClicks";

    private final ServedCollections collections;

    public BotsAndDoubleClicks(ServedCollections collections) {
        this.collections = collections;
    }

    @Override
    public String collection() {
        return COLLECTION;
    }

    @Override
    public List<IndexModel> indexes() {
        return HitBuckets.INDEXES;
    }

    @Override
    public Optional<String> documentId(ClassifiedView view) {
        return noHit(view).map(opened -> opened.articleId() + "@" + hour(opened));
    }

    @Override
    public Bson change(List<ClassifiedView> views, Document stored) {
        ArticleViewed first = noHit(views.get(0)).orElseThrow();
        long bots = views.stream().filter(BotView.class::isInstance).count();
        return combine(
                set(ARTICLE_ID, first.articleId()),
                set(START, Date.from(hour(first))),
                inc(BOTS, bots),
                inc(DOUBLE_CLICKS, views.size() - bots));
    }

    private static Optional<ArticleViewed> noHit(ClassifiedView view) {
        if (view instanceof BotView bot) {
            return Optional.of(bot.view());
        }
        return view instanceof DoubleClick again ? Optional.of(again.view()) : Optional.empty();
    }

    /**
     * Whether they count the same records as another projection: one of the same generation does. What a release has added
     * is counted from where the topic began by then.
     */
    public Mono<Boolean> areCountedWith(String projection) {
        return Mono.zip(collections.generation(COLLECTION), collections.number(projection))
                .map(served -> served.getT1().number() == served.getT2())
                .defaultIfEmpty(false);
    }

    /** The bots of each of these articles in all its hours; those without any are left out. */
    public Mono<Map<String, Long>> bots(Collection<String> articleIds) {
        return collections
                .read(
                        COLLECTION,
                        hours -> hours.aggregate(List.of(
                                match(in(ARTICLE_ID, articleIds)), group("$" + ARTICLE_ID, sum(BOTS, "$" + BOTS)))))
                .collectMap(
                        sum -> sum.getString("_id"),
                        sum -> sum.get(BOTS, Number.class).longValue());
    }

    /** An article's bots in all its hours, and what they are counted to. */
    public Mono<FencedSum> fencedBots(String articleId) {
        return HitBuckets.fencedSum(collections, COLLECTION, BOTS, eq(ARTICLE_ID, articleId));
    }

    public Mono<Long> allBots() {
        return collections.sum(COLLECTION, BOTS, Filters.empty());
    }

    public Mono<Long> allDoubleClicks() {
        return collections.sum(COLLECTION, DOUBLE_CLICKS, Filters.empty());
    }

    /** An article's hours that start in {@code [from, to)}; hours without any are left out. */
    public Flux<Hour> find(String articleId, Instant from, Instant to) {
        return collections
                .read(
                        COLLECTION,
                        hours -> hours.find(and(eq(ARTICLE_ID, articleId), HitBuckets.startsIn(from, to)))
                                .projection(include(START, BOTS, DOUBLE_CLICKS)))
                .map(stored -> new Hour(
                        stored.getDate(START).toInstant(), stored.getLong(BOTS), stored.getLong(DOUBLE_CLICKS)));
    }

    /** The first hour that is counted in full; empty where none is, since they are not served yet. */
    public Mono<Instant> countedFrom() {
        return collections.generation(COLLECTION).map(generation -> {
            Instant since = generation.since();
            return since == null
                    ? Instant.EPOCH
                    : since.truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(1));
        });
    }

    /** What an hour of an article has beside its hits. */
    public record Hour(Instant start, long bots, long doubleClicks) {}
}
