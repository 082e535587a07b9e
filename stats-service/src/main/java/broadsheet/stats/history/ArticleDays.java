package broadsheet.stats.history;

import static com.mongodb.client.model.Aggregates.group;
import static com.mongodb.client.model.Aggregates.match;
import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Indexes.ascending;
import static com.mongodb.client.model.Projections.exclude;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.set;

import broadsheet.stats.classification.Classification;
import broadsheet.stats.classification.ClassifiedView;
import broadsheet.stats.erased.ErasedArticles;
import broadsheet.stats.generation.ServedCollections;
import broadsheet.stats.position.Place;
import broadsheet.stats.projection.DocumentMove;
import broadsheet.stats.projection.Projection;
import broadsheet.stats.referrer.Referrers;
import com.mongodb.client.model.Accumulators;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.data.mongodb.core.ReactiveCollectionCallback;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * {@code stats_article_days}: what the readings of an article were on a day in UTC, which is the time that a visitor's key
 * lives: hits by minute, later by quarter of an hour, other views by hour, visitors of the day and of each hour, and hits and
 * visitors by {@link ReadingDimension}.
 */
@Component
public class ArticleDays implements Projection {

    public static final String COLLECTION = "stats_article_days";

    static final String ARTICLE_ID = "articleId";
    static final String START = "start";
    static final String HITS = "hits";

    /** When something of the document is to be kept in less detail; set anew by each change. */
    static final String DUE = "due";

    private static final List<String> READ_FIELDS = Stream.concat(
                    DayVisitors.FIELDS.stream(), Stream.of(DayBreakdown.FIELD))
            .toList();

    /** What {@link ArticleDay#hitsByTime()} needs. */
    static final Bson HITS_BY_TIME =
            include(ARTICLE_ID, START, HITS, TimeOfDay.MINUTE.field(), TimeOfDay.QUARTER.field());

    private final ServedCollections collections;
    private final Referrers referrers;
    private final HistoryProperties kept;
    private final ErasedArticles erased;

    public ArticleDays(
            ServedCollections collections, Referrers referrers, HistoryProperties kept, ErasedArticles erased) {
        this.collections = collections;
        this.referrers = referrers;
        this.kept = kept;
        this.erased = erased;
    }

    @Override
    public String collection() {
        return COLLECTION;
    }

    @Override
    public List<IndexModel> indexes() {
        return List.of(
                new IndexModel(ascending(ARTICLE_ID, START)),
                new IndexModel(ascending(START, HITS, ARTICLE_ID)),
                new IndexModel(ascending(DUE), new IndexOptions().partialFilterExpression(exists(DUE))));
    }

    @Override
    public Optional<String> documentId(ClassifiedView view) {
        return Optional.ofNullable(view.articleId()).map(article -> documentId(article, view.countedAt()));
    }

    /** The document of an article that counts what is read at this time. */
    static String documentId(String articleId, Instant time) {
        return articleId + "@" + time.atOffset(ZoneOffset.UTC).toLocalDate();
    }

    @Override
    public List<String> readFields() {
        return READ_FIELDS;
    }

    @Override
    public List<String> comparedFields() {
        return List.of(DUE);
    }

    @Override
    public Bson change(List<ClassifiedView> views, Document stored) {
        ClassifiedView first = views.get(0);
        Instant start = first.countedAt().truncatedTo(ChronoUnit.DAYS);
        List<ClassifiedView> hits = ClassifiedView.hits(views);
        List<Bson> changes = new ArrayList<>();
        changes.add(set(ARTICLE_ID, first.opened().articleId()));
        changes.add(set(START, Date.from(start)));
        changes.add(set(DUE, Date.from(start.plus(Duration.ofDays(1)).plus(kept.minutesKept()))));
        changes.add(inc(HITS, (long) hits.size()));
        if (!hits.isEmpty()) {
            changes.addAll(ViewFields.hitsByTime(hits, TimeOfDay.MINUTE));
            changes.add(DayVisitors.add(hits, stored));
            changes.add(set(
                    DayBreakdown.FIELD,
                    DayBreakdown.of(stored).add(hits, referrers).toDocument()));
        }
        changes.addAll(ViewFields.others(views));
        return combine(changes);
    }

    /** An article's days that overlap {@code [from, to)}, in order, without what they had by dimension; days without views are left out. */
    public Flux<ArticleDay> find(String articleId, Instant from, Instant to) {
        return readNamed(
                        articleId,
                        days -> days.find(overlapping(articleId, from, to))
                                .sort(ascending(START))
                                .projection(exclude(DayBreakdown.FIELD)))
                .map(ArticleDay::of);
    }

    /** Whether an article has a day. */
    public Mono<Boolean> has(String articleId) {
        return readNamed(
                        articleId,
                        days -> days.find(eq(ARTICLE_ID, articleId)).limit(1).projection(include("_id")))
                .hasElements();
    }

    /** An article's days that overlap {@code [from, to)} with what they had by a dimension alone. */
    public Flux<ArticleDay> findBreakdowns(String articleId, ReadingDimension dimension, Instant from, Instant to) {
        return readNamed(
                        articleId,
                        days -> days.find(overlapping(articleId, from, to))
                                .projection(include(ARTICLE_ID, START, DayBreakdown.field(dimension))))
                .map(ArticleDay::of);
    }

    /** Nothing of one that is erased. */
    private Flux<Document> readNamed(String articleId, ReactiveCollectionCallback<Document> query) {
        return erased.isUnnamed(articleId) ? Flux.empty() : collections.read(COLLECTION, query);
    }

    private static Bson overlapping(String articleId, Instant from, Instant to) {
        return and(eq(ARTICLE_ID, articleId), gte(START, day(from)), lt(START, Date.from(to)));
    }

    /** Every article's day that begins at this time, in a generation, served or not. */
    public Flux<ArticleDay> startingAt(Instant start, int generation) {
        return collections
                .named(COLLECTION, generation)
                .flatMapMany(days -> days.find(eq(START, Date.from(start)))
                        .projection(exclude(TimeOfDay.MINUTE.field(), TimeOfDay.QUARTER.field(), DayCounts.BY_HOUR)))
                .map(ArticleDay::of);
    }

    /**
     * How often erased articles were added to their days in {@code [from, to)} together, in a generation, served or not; told
     * as if each time were a record of a partition that is theirs.
     */
    public Flux<SiteDays.CountedTo> erasedTo(int generation, Instant from, Instant to) {
        return collections
                .named(COLLECTION, generation)
                .flatMapMany(days -> days.find(and(
                                eq(ARTICLE_ID, ErasedArticles.TOGETHER),
                                gte(START, Date.from(from)),
                                lt(START, Date.from(to))))
                        .projection(include(START, DocumentMove.TIMES)))
                .map(day -> new SiteDays.CountedTo(
                        day.getDate(START).toInstant(),
                        Map.of(ErasedArticles.TOGETHER, new Place(0, day.get(DocumentMove.TIMES, 0L)))));
    }

    private static Date day(Instant time) {
        return Date.from(time.truncatedTo(ChronoUnit.DAYS));
    }

    /** What all days of these articles have counted; articles without views are left out. */
    public Flux<CountedDays> counted(Collection<String> articleIds) {
        int articles = Math.max(1, articleIds.size());
        return collections
                .read(COLLECTION, days -> days.find(in(ARTICLE_ID, articleIds)).projection(CountedDays.FIELDS))
                .groupBy(day -> day.getString(ARTICLE_ID), articles)
                .flatMap(days -> days.map(CountedDays::of).reduce(CountedDays::and), articles);
    }

    /** All views of a class, in all days of all articles; {@link Classification#COUNTED} are all hits but the late ones. */
    public Mono<Long> all(Classification classification) {
        return classification == Classification.COUNTED
                ? Mono.zip(sum(HITS), sum(Classification.LATE.column()), (hits, late) -> hits - late)
                : sum(classification.column());
    }

    private Mono<Long> sum(String field) {
        return collections.sum(COLLECTION, field, Filters.empty());
    }

    /** The sum of the days' distinct visitors; 0 for an article without hits. */
    public Mono<Long> visitors(String articleId) {
        return collections
                .read(
                        COLLECTION,
                        days -> days.aggregate(List.of(
                                match(eq(ARTICLE_ID, articleId)),
                                group(null, Accumulators.sum(DayVisitors.VISITORS, "$" + DayVisitors.VISITORS)))))
                .map((Document sum) ->
                        sum.get(DayVisitors.VISITORS, Number.class).longValue())
                .next()
                .defaultIfEmpty(0L);
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
}
