package broadsheet.stats.ranking;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.stats.HitCount;
import broadsheet.stats.StoredDocuments;
import broadsheet.stats.TestStatsProperties;
import broadsheet.stats.article.Articles;
import broadsheet.stats.erased.ErasedArticles;
import broadsheet.stats.history.MostReadDays;
import broadsheet.stats.total.ArticleTotals;
import broadsheet.testservers.MongoServers;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is found without reading everything is what reading everything finds, on the embedded server and on MongoDB. */
@ParameterizedClass
@MethodSource("servers")
class ThresholdSearchIntegrationTests {

    private static final Instant NOW = Instant.parse("2026-03-02T06:30:20Z");
    private static final int ARTICLES = 1_500;
    private static final int SIZE = 20;

    private final StoredDocuments store;
    private final StoredHits hits;
    private final Articles articles;
    private final ArticleTotals totals;

    ThresholdSearchIntegrationTests(String uri) {
        store = new StoredDocuments(uri);
        hits = new StoredHits(store);
        articles = new Articles(store.collections(), new ErasedArticles(store.collections()));
        totals = new ArticleTotals(store.served(), TestStatsProperties.THRESHOLDS);
    }

    static Stream<Named<String>> servers() {
        return MongoServers.uris("rankings-" + UUID.randomUUID());
    }

    @BeforeEach
    void createIndexes() {
        hits.createIndexes();
        store.createIndexes(articles.collection(), articles.indexes());
        store.createIndexes(totals.collection(), totals.indexes());
    }

    @AfterEach
    void drop() {
        store.drop();
        store.close();
    }

    @ParameterizedTest
    @EnumSource
    void theMostReadOfEachCategoryAreFound(Period period) {
        var random = new Random(period.parameter().hashCode());
        Map<String, Long> expected = new HashMap<>();
        storeArticles(ThresholdSearchIntegrationTests::category);
        for (int number = 0; number < ARTICLES; number++) {
            for (Duration age : List.of(
                    Duration.ofMinutes(random.nextInt(90)),
                    Duration.ofMinutes(random.nextInt(48 * 60)),
                    Duration.ofMinutes(random.nextInt(40 * 24 * 60)))) {
                int opened = 1 + 100 / (1 + random.nextInt(1_000)) + random.nextInt(3);
                Instant minute = hits.add(id(number), NOW.minus(age), opened);
                if (period == Period.EVER || !minute.isBefore(period.start(NOW))) {
                    expected.merge(id(number), (long) opened, Long::sum);
                }
            }
        }
        hits.store();

        var search = search(period, ARTICLES);
        MostRead found = requireNonNull(search.find().block());

        for (String category : List.of(MostRead.ALL, "big", "small", "tiny")) {
            assertThat(hitsOf(found, category)).as(category).containsExactlyElementsOf(best(expected, category));
            found.mostHitsFirst(category)
                    .forEach(one -> assertThat(one.hits()).isEqualTo(expected.get(one.articleId())));
            assertThat(search.isExact(category)).as(category).isTrue();
        }
    }

    @Test
    void listsAreNotReadFurtherThanNeeded() {
        storeArticles(number -> "only");
        for (int number = 0; number < ARTICLES; number++) {
            hits.add(id(number), NOW, number < SIZE ? 1_000 : 1);
        }
        hits.store();

        var search = search(Period.DAY, 300);
        MostRead found = requireNonNull(search.find().block());

        assertThat(hitsOf(found, "only")).hasSize(SIZE).containsOnly(1_000L);
        assertThat(search.isExact("only")).isTrue();
    }

    @Test
    void aSearchThatEndsEarlySaysWhichCategoriesMayLackArticles() {
        storeArticles(number -> number < 450 ? "read" : number < 1_460 ? "large" : "small");
        for (int number = 0; number < ARTICLES; number++) {
            hits.add(id(number), NOW, number < 450 ? 1_000 : number < 1_460 ? 10 : 1);
        }
        hits.store();

        var search = search(Period.DAY, 200);
        requireNonNull(search.find().block());

        assertThat(search.isExact(MostRead.ALL)).isTrue();
        assertThat(search.isExact("read")).isTrue();
        assertThat(search.isExact("small")).isTrue();
        assertThat(search.isExact("large")).isFalse();
    }

    @Test
    void whatReadersMayNotSeeIsNotFound() {
        store.insert(articles.collection(), article(id(1), "any").append("public", false));
        store.insert(articles.collection(), article(id(2), "any"));
        IntStream.range(1, 4).forEach(number -> hits.add(id(number), NOW, 10));
        hits.store();

        MostRead found = requireNonNull(search(Period.HOUR, ARTICLES).find().block());

        assertThat(found.mostHitsFirst(MostRead.ALL)).containsExactly(new HitCount(id(2), 10));
    }

    private ThresholdSearch search(Period period, int mostArticles) {
        HitLists lists = period == Period.EVER
                ? HitLists.ofAllTime(totals)
                : HitLists.since(period.start(NOW), NOW, new MostReadDays(store.served()));
        return new ThresholdSearch(lists, articles, new HashSet<>(), SIZE, mostArticles);
    }

    private static List<Long> best(Map<String, Long> expected, String category) {
        return expected.entrySet().stream()
                .filter(one -> category.equals(MostRead.ALL)
                        || category.equals(
                                category(Integer.parseInt(one.getKey().substring(8)))))
                .map(Map.Entry::getValue)
                .sorted(Comparator.reverseOrder())
                .limit(SIZE)
                .toList();
    }

    private static List<Long> hitsOf(MostRead found, String category) {
        return found.mostHitsFirst(category).stream().map(HitCount::hits).toList();
    }

    private static String id(int number) {
        return "article-%d".formatted(number);
    }

    private static String category(int number) {
        return number % 100 == 0 ? "tiny" : number % 10 == 0 ? "small" : "big";
    }

    private void storeArticles(IntFunction<String> category) {
        store.insertAll(
                articles.collection(),
                IntStream.range(0, ARTICLES)
                        .mapToObj(number -> article(id(number), category.apply(number)))
                        .toList());
    }

    private static Document article(String id, String category) {
        return new Document("_id", id)
                .append("version", 2L)
                .append("title", "An article")
                .append("url", "/news/" + id)
                .append("public", true)
                .append("category", new Document("slug", category).append("name", category));
    }
}
