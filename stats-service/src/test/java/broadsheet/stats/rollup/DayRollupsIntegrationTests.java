package broadsheet.stats.rollup;

import static broadsheet.stats.ViewEvents.referredBy;
import static broadsheet.stats.ViewEvents.view;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import broadsheet.stats.StoredDocuments;
import broadsheet.stats.article.ArticleRevisions;
import broadsheet.stats.classification.Classification;
import broadsheet.stats.classification.ClassifiedView;
import broadsheet.stats.erased.ErasedArticles;
import broadsheet.stats.generation.Generation;
import broadsheet.stats.history.ArticleDays;
import broadsheet.stats.history.DayCompaction;
import broadsheet.stats.history.KeyHits;
import broadsheet.stats.history.SiteDays;
import broadsheet.stats.history.TestArticleDays;
import broadsheet.stats.position.PartitionPosition;
import broadsheet.stats.position.PartitionPositions;
import broadsheet.stats.position.Place;
import broadsheet.stats.projection.FenceMetrics;
import broadsheet.stats.projection.FencedProjectionWriter;
import broadsheet.stats.projection.Projection;
import broadsheet.stats.store.PackedNames;
import broadsheet.stats.store.PackedNumbers;
import broadsheet.testservers.MongoServers;
import com.mongodb.client.model.Filters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;

/** A day of the site is what its articles had, however and whenever they were counted. */
@ParameterizedClass
@MethodSource("servers")
class DayRollupsIntegrationTests {

    private static final Instant DAY = Instant.parse("2026-03-01T00:00:00Z");
    private static final Instant TOMORROW = Instant.parse("2026-03-02T00:00:00Z");
    private static final Instant NEXT_MONTH = Instant.parse("2026-04-01T00:00:00Z");
    private static final Duration TIME_LIMIT = Duration.ofMinutes(1);
    private static final String PARTITION = "t-0";

    private final StoredDocuments store;
    private final ArticleDays days;
    private final SiteDays siteDays;
    private final PartitionPositions positions;
    private final SiteRollups rollups;
    private final SiteBreakdowns breakdowns;
    private final StoredRollups stored;
    private long offset;

    DayRollupsIntegrationTests(String uri) {
        store = new StoredDocuments(uri);
        days = TestArticleDays.of(store.served());
        siteDays = new SiteDays(store.served());
        positions = new PartitionPositions(store.collections());
        rollups = new SiteRollups(store.served(), store.collections());
        breakdowns = new SiteBreakdowns(rollups);
        stored = new StoredRollups(store.served());
    }

    static Stream<Named<String>> servers() {
        return MongoServers.uris("rollups-" + UUID.randomUUID());
    }

    @AfterEach
    void drop() {
        store.drop();
        store.close();
    }

    @Test
    void visitorsOfSeveralArticlesAreOneEachAndHitsAreAddedUp() {
        count(hit("a", "v", 3, "baidu.com"), hit("b", "v", 4, "baidu.com"), hit("b", "w", 4, null));

        refresh();

        assertThat(keys(Dimension.SOURCE))
                .extracting(KeyHits::key, hits -> hits.hits().all(), KeyHits::visitors)
                .containsExactly(tuple("Baidu", 2L, 1L));
        assertThat(keys(Dimension.CHANNEL))
                .extracting(KeyHits::key, hits -> hits.hits().within(4, 5))
                .containsExactly(tuple("search", 1L), tuple("direct", 1L));
        assertThat(visitors(0, 24)).isEqualTo(2);
        assertThat(visitors(4, 24)).isEqualTo(2);
        assertThat(visitors(0, 4)).isEqualTo(1);
    }

    @Test
    void hitsBelongToWhatTheVersionThatWasReadWasPublishedUnder() {
        revision("a", 1, "company-news", List.of("Ada", "Bo"), List.of("Copy / Press"), List.of());
        revision("b", 1, "exams", List.of("Ada"), List.of(), List.of("library"));
        count(hit("a", "v", 3, null), hit("b", "w", 3, null), hit("unknown", "x", 3, null));

        refresh();

        assertThat(keys(Dimension.CATEGORY))
                .extracting(KeyHits::key, hits -> hits.hits().all())
                .containsExactly(tuple("company-news", 1L), tuple("exams", 1L), tuple(null, 1L));
        assertThat(keys(Dimension.AUTHOR))
                .extracting(KeyHits::key, hits -> hits.hits().all(), KeyHits::visitors)
                .containsExactly(tuple("Ada", 2L, 2L), tuple("Bo", 1L, 1L), tuple(null, 1L, 1L));
        assertThat(keys(Dimension.CREDIT)).extracting(KeyHits::key).containsExactly("Copy / Press", null);
        assertThat(keys(Dimension.TAG)).extracting(KeyHits::key).containsExactly("library", null);
    }

    @Test
    void hitsLeaveTheOthersOnceTheVersionThatWasReadIsKnown() {
        count(hit("a", "v", 3, null), hit("b", "w", 3, null));
        refresh();
        assertThat(keys(Dimension.CATEGORY)).extracting(KeyHits::key).containsExactly((String) null);

        revision("a", 1, "company-news", List.of("Ada"), List.of(), List.of());
        refresh();

        assertThat(keys(Dimension.CATEGORY))
                .extracting(KeyHits::key, hits -> hits.hits().all(), KeyHits::visitors)
                .containsExactly(tuple("company-news", 1L, 1L), tuple(null, 1L, 1L));
        emptyReferrers();
        refresh();
        assertThat(keys(Dimension.REFERRER)).as("it is added up once for that").isEmpty();
    }

    @Test
    void aVersionThatIsKnownOnceSketchesAreNumbersTakesItsHitsToo() {
        count(hit("a", "v", 3, null), hit("a", "w", 3, null), hit("b", "w", 3, null));
        refresh();
        new DayCompaction(store.served(), TestArticleDays.KEPT, () -> DAY.plus(Duration.ofDays(50)))
                .compact(Generation.FIRST)
                .block(TIME_LIMIT);

        revision("a", 1, "company-news", List.of("Ada"), List.of(), List.of());
        refresh();

        assertThat(keys(Dimension.CATEGORY))
                .extracting(KeyHits::key, hits -> hits.hits().all(), KeyHits::visitors)
                .containsExactly(tuple("company-news", 2L, 2L), tuple(null, 1L, 1L));
        assertThat(visitors(0, 24)).isEqualTo(2);
    }

    @Test
    void whatIsCountedAfterwardsIsAddedAlsoToADayLongOver() {
        count(hit("a", "v", 3, "a.example"));
        refresh();
        count(hit("a", "w", 5, "a.example"));
        refresh();

        assertThat(keys(Dimension.REFERRER))
                .extracting(hits -> hits.hits().all())
                .containsExactly(2L);
    }

    @Test
    void aDayThatWasCountedInPartWhenItWasAddedUpIsAddedUpAgain() {
        ClassifiedView first = hit("a", "v", 3, "a.example");
        // as a process that was killed leaves it: the site's day has the view, the article's has not, no position is
        // stored
        writer(siteDays).write(List.of(first)).block(TIME_LIMIT);
        refresh();
        assertThat(keys(Dimension.REFERRER)).isEmpty();

        count(first);
        refresh();

        assertThat(keys(Dimension.REFERRER))
                .extracting(hits -> hits.hits().all())
                .containsExactly(1L);
    }

    @Test
    void visitorsThatAreOnlyNumbersInTheirArticlesStayWhatTheyWereTogether() {
        count(hit("a", "v", 3, "a.example"), hit("b", "v", 4, "a.example"));
        refresh();
        new DayCompaction(store.served(), TestArticleDays.KEPT, () -> DAY.plus(Duration.ofDays(50)))
                .compact(Generation.FIRST)
                .block(TIME_LIMIT);
        count(hit("a", "late", 5, "a.example"));

        refresh();

        assertThat(keys(Dimension.REFERRER))
                .extracting(hits -> hits.hits().all(), KeyHits::visitors)
                .containsExactly(tuple(3L, 1L));
        assertThat(visitors(0, 24)).isEqualTo(1);
    }

    @Test
    void aKeyMayBeCalledNullBesideWhatHasNone() {
        revision("a", 1, "null", List.of(), List.of(), List.of());
        count(hit("a", "v", 3, null), hit("unknown", "w", 4, null));
        refresh();
        new DayCompaction(store.served(), TestArticleDays.KEPT, () -> DAY.plus(Duration.ofDays(50)))
                .compact(Generation.FIRST)
                .block(TIME_LIMIT);
        count(hit("a", "late", 5, null));

        refresh();

        assertThat(keys(Dimension.CATEGORY))
                .extracting(KeyHits::key, hits -> hits.hits().all())
                .containsExactly(tuple("null", 2L), tuple(null, 1L));
    }

    @Test
    void aDayIsAddedUpAgainWhereTwoInstancesWroteItAtOnce() {
        count(hit("a", "v", 3, "a.example"));
        refresh();
        Document older = requireNonNull(store.find(SiteRollups.COLLECTION, "referrer@2026-03-01"));
        count(hit("a", "w", 3, "a.example"));
        refresh();
        replace("referrer@2026-03-01", older);

        refresh();

        assertThat(keys(Dimension.REFERRER))
                .extracting(hits -> hits.hits().all())
                .containsExactly(2L);
    }

    @Test
    void aDayThatHasNotChangedIsLeftAsItIs() {
        count(hit("a", "v", 3, "a.example"));
        refresh();
        emptyReferrers();

        refresh();

        assertThat(keys(Dimension.REFERRER)).isEmpty();
    }

    @Test
    void ofManyDaysTheNewestAreAddedUpFirstAndTheOthersNextTime() {
        for (int day = 0; day < 31; day++) {
            count(hit("a", "v", 24 * day, null));
        }

        assertThat(refresh()).isFalse();
        assertThat(siteHits(DAY, NEXT_MONTH)).hasSize(30);
        assertThat(siteHits(DAY, TOMORROW)).isEmpty();

        assertThat(refresh()).isTrue();
        assertThat(siteHits(DAY, NEXT_MONTH)).hasSize(31);
    }

    @Test
    void whatTheSiteHadOnADayIsInOneDocument() {
        count(hit("a", "v", 3, null), hit("b", "w", 4, null));

        refresh();

        DayTotals day = requireNonNull(rollups.days(DAY, TOMORROW).blockLast(TIME_LIMIT));
        assertThat(day.hitsByTime())
                .containsExactly(entry(DAY.plus(Duration.ofHours(3)), 1L), entry(DAY.plus(Duration.ofHours(4)), 1L));
        assertThat(day.visitors(0, 24)).isEqualTo(2);
        assertThat(day.visitors(0, 4)).isEqualTo(1);
        assertThat(day.hits(DAY.plus(Duration.ofHours(3)), DAY.plus(Duration.ofHours(4))))
                .isEqualTo(1);
    }

    @Test
    void aMonthThatIsOverIsAddedUpFromItsDaysAndAgainWhenOneOfThemChanges() {
        count(hit("a", "v", 3, "a.example"), hit("a", "w", 27, "a.example"), hit("a", "x", 28, "b.example"));
        refresh();
        refreshMonths(DAY.plus(Duration.ofDays(30)));
        assertThat(months()).isEmpty();

        refreshMonths(DAY.plus(Duration.ofDays(31)));
        assertThat(monthKeys()).containsExactly(new KeyNumbers("a.example", 2, 2), new KeyNumbers("b.example", 1, 1));

        count(hit("a", "y", 29, "b.example"), hit("a", "z", 29, "b.example"));
        refresh();
        refreshMonths(DAY.plus(Duration.ofDays(31)));
        assertThat(monthKeys()).containsExactly(new KeyNumbers("b.example", 3, 3), new KeyNumbers("a.example", 2, 2));
    }

    @Test
    void ofAPartOfAMonthItsDaysAreReadAndOfAPartOfADayItsHours() {
        count(hit("a", "v", 3, "a.example"), hit("a", "w", 27, "a.example"), hit("a", "x", 29, "b.example"));
        refresh();
        refreshMonths(NEXT_MONTH);
        store.set(SiteRollups.COLLECTION, "referrer-month@2026-03", "hits", PackedNumbers.pack(new long[] {20, 10}));

        assertThat(hits(DAY, NEXT_MONTH)).containsExactly(entry("a.example", 20L), entry("b.example", 10L));
        assertThat(hits(DAY.minusSeconds(1), NEXT_MONTH.plusSeconds(1)))
                .containsExactly(entry("a.example", 20L), entry("b.example", 10L));
        assertThat(hits(DAY.plusSeconds(1), NEXT_MONTH))
                .containsExactly(entry("a.example", 2L), entry("b.example", 1L));
        assertThat(hits(TOMORROW, NEXT_MONTH)).containsExactly(entry("a.example", 1L), entry("b.example", 1L));
        assertThat(hits(DAY, DAY.plus(Duration.ofHours(28)))).containsExactly(entry("a.example", 2L));
        assertThat(hits(DAY.plus(Duration.ofHours(4)), DAY.plus(Duration.ofHours(5))))
                .isEmpty();
    }

    @Test
    void daysOfAMonthThatIsOverAreReadAtOnce() {
        count(hit("a", "v", 3, null), hit("a", "w", 27, null), hit("a", "x", 27, null));
        refresh();
        refreshMonths(NEXT_MONTH);
        replace("day@2026-03-01", new Document());
        replace("day@2026-03-02", new Document());

        assertThat(siteHits(DAY, TOMORROW)).containsExactly(1L);
        assertThat(siteHits(DAY.minusSeconds(1), TOMORROW.plusSeconds(1))).containsExactly(1L, 2L);
    }

    @Test
    void whatAnEarlierReleaseStoredIsReadUntilItIsAddedUpAgain() {
        count(hit("a", "v", 3, "a.example"), hit("a", "w", 3, "a.example"));
        refresh();
        refreshMonths(NEXT_MONTH);
        Document hours = new Document("key", "a.example")
                .append("hits", new Document("3", 2L))
                .append("merged", 2L);
        replace("referrer@2026-03-01", new Document("keys", List.of(hours)).append("made", "then"));
        replace("referrer-month@2026-03", new Document("names", List.of("a.example")).append("made", "then"));

        assertThat(hits(DAY, NEXT_MONTH)).containsExactly(entry("a.example", 2L));
        assertThat(hits(DAY.plusSeconds(1), NEXT_MONTH)).containsExactly(entry("a.example", 2L));
        assertThat(keys(Dimension.REFERRER)).extracting(KeyHits::visitors).containsExactly(2L);

        refresh();
        refreshMonths(NEXT_MONTH);

        assertThat(store.find(SiteRollups.COLLECTION, "referrer@2026-03-01")).doesNotContainKey("keys");
        assertThat(monthKeys()).containsExactly(new KeyNumbers("a.example", 2, 2));
    }

    private Map<String, Long> hits(Instant from, Instant to) {
        return requireNonNull(breakdowns.find(Dimension.REFERRER, from, to).block(TIME_LIMIT)).top(10).items().stream()
                .collect(Collectors.toMap(
                        BreakdownBuilder.Item::key, BreakdownBuilder.Item::hits, Long::sum, LinkedHashMap::new));
    }

    private List<Long> siteHits(Instant from, Instant to) {
        return requireNonNull(rollups.days(from, to)
                .map(day -> day.hits(day.start(), day.end()))
                .filter(hits -> hits > 0)
                .collectList()
                .block(TIME_LIMIT));
    }

    private void emptyReferrers() {
        store.set(SiteRollups.COLLECTION, "referrer@2026-03-01", "keyNames", PackedNames.pack(List.of()));
        store.set(SiteRollups.COLLECTION, "referrer@2026-03-01", "hits", PackedNumbers.pack(new long[0]));
    }

    private void replace(String id, Document document) {
        store.collections()
                .named(SiteRollups.COLLECTION)
                .flatMap(rollups -> Mono.from(rollups.replaceOne(Filters.eq("_id", id), document)))
                .block(TIME_LIMIT);
    }

    private void refreshMonths(Instant now) {
        new MonthRollups(store.served())
                .refresh(Generation.FIRST, Instant.EPOCH, now, now)
                .block(TIME_LIMIT);
    }

    private List<MonthRollup> months() {
        return requireNonNull(breakdowns
                .months(Dimension.REFERRER, DAY, NEXT_MONTH)
                .collectList()
                .block(TIME_LIMIT));
    }

    private List<KeyNumbers> monthKeys() {
        return months().get(0).keys();
    }

    private ClassifiedView hit(String article, String visitor, int hour, @Nullable String referrer) {
        return ClassifiedView.of(
                PARTITION,
                new Place(0, offset++),
                Classification.COUNTED,
                referredBy(referrer, view(article, visitor, DAY.plus(Duration.ofHours(hour)))));
    }

    /** As counting does: the position last. */
    private void count(ClassifiedView... views) {
        writer(siteDays, days).write(List.of(views)).block(TIME_LIMIT);
        positions
                .store(List.of(new PartitionPosition(PARTITION, new Place(0, offset), DAY)))
                .block(TIME_LIMIT);
    }

    private FencedProjectionWriter writer(Projection... projections) {
        return new FencedProjectionWriter(
                store.collections(),
                List.of(projections),
                Generation.FIRST,
                new FenceMetrics(new SimpleMeterRegistry()));
    }

    private boolean refresh() {
        var revisions = new ArticleRevisions(store.collections(), new ErasedArticles(store.collections()));
        var unknown = new UnknownRevisions(store.served(), revisions);
        return requireNonNull(new DayRollups(days, siteDays, revisions, positions, stored, unknown)
                .refresh(Generation.FIRST, Instant.EPOCH, NEXT_MONTH)
                .block(TIME_LIMIT));
    }

    private List<KeyHits> keys(Dimension dimension) {
        return breakdowns
                .byHour(dimension, List.of(DAY))
                .next()
                .map(SiteBreakdowns.DayKeyHits::keys)
                .defaultIfEmpty(List.of())
                .blockOptional(TIME_LIMIT)
                .orElseThrow();
    }

    private long visitors(int from, int to) {
        return requireNonNull(requireNonNull(rollups.visitors(DAY, TOMORROW).block(TIME_LIMIT))
                        .get(DAY))
                .within(from, to);
    }

    private void revision(
            String article,
            long version,
            String category,
            List<String> authors,
            List<String> credits,
            List<String> tags) {
        store.insert(
                "stats_article_revisions",
                new Document("_id", article + "@" + version)
                        .append("articleId", article)
                        .append("category", category)
                        .append("authors", authors)
                        .append("credits", credits)
                        .append("tags", tags));
    }
}
