package broadsheet.stats.ranking;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.stats.StoredDocuments;
import broadsheet.stats.article.Articles;
import broadsheet.stats.erased.ErasedArticles;
import broadsheet.stats.history.MostReadDays;
import broadsheet.stats.ranking.CategoryMedians.Median;
import broadsheet.testservers.MongoServers;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What the articles of a category have at an age, on the embedded server and on MongoDB. */
@ParameterizedClass
@MethodSource("servers")
class CategoryMedianJobIntegrationTests {

    private static final Instant NOW = Instant.parse("2026-03-12T06:30:20Z");
    private static final Instant EIGHT_DAYS_AGO = NOW.minus(Duration.ofDays(8));

    private final StoredDocuments store;
    private final StoredHits hits;
    private final Articles articles;
    private final HitsByAge byAge;
    private final CategoryMedians medians;

    CategoryMedianJobIntegrationTests(String uri) {
        store = new StoredDocuments(uri);
        hits = new StoredHits(store);
        hits.createIndexes();
        articles = new Articles(store.collections(), new ErasedArticles(store.collections()));
        store.createIndexes(articles.collection(), articles.indexes());
        byAge = new HitsByAge(new MostReadDays(store.served()));
        medians = new CategoryMedians(store.collections());
    }

    static Stream<Named<String>> servers() {
        return MongoServers.uris("medians-" + UUID.randomUUID());
    }

    @AfterEach
    void drop() {
        store.drop();
        store.close();
    }

    @Test
    void hitsCountUntilAnArticleIsSoOld() {
        publish("one", "sport", EIGHT_DAYS_AGO);
        readAt("one", EIGHT_DAYS_AGO.plus(Duration.ofMinutes(1)), 1);
        readAt("one", EIGHT_DAYS_AGO.plus(Duration.ofMinutes(58)), 2);
        readAt("one", EIGHT_DAYS_AGO.plus(Duration.ofMinutes(62)), 4);
        readAt("one", EIGHT_DAYS_AGO.plus(Duration.ofHours(23)), 8);
        readAt("one", EIGHT_DAYS_AGO.plus(Duration.ofHours(25)), 16);
        readAt("one", EIGHT_DAYS_AGO.plus(Duration.ofDays(6)), 32);
        readAt("one", EIGHT_DAYS_AGO.plus(Duration.ofDays(7)).plusSeconds(120), 64);
        hits.store();

        assertThat(at(Age.HOUR, "one")).containsExactly(Map.entry("one", 3L));
        assertThat(at(Age.DAY, "one")).containsExactly(Map.entry("one", 15L));
        assertThat(at(Age.WEEK, "one")).containsExactly(Map.entry("one", 63L));
    }

    @Test
    void anArticleNobodyReadHasNone() {
        publish("one", "sport", EIGHT_DAYS_AGO);

        assertThat(at(Age.WEEK, "one")).containsExactly(Map.entry("one", 0L));
    }

    @Test
    void mediansAreOfTheArticlesOfTheCategoryThatAreSoOld() {
        publish("one", "sport", EIGHT_DAYS_AGO);
        publish("two", "sport", NOW.minus(Duration.ofHours(30)));
        publish("three", "sport", NOW.minus(Duration.ofHours(2)));
        publish("new", "sport", NOW.minus(Duration.ofMinutes(20)));
        publish("other", "culture", NOW.minus(Duration.ofHours(2)));
        store.insert(
                articles.collection(),
                article("withdrawn", "sport", EIGHT_DAYS_AGO).append("public", false));
        readAt("one", EIGHT_DAYS_AGO, 10);
        readAt("two", NOW.minus(Duration.ofHours(30)), 20);
        readAt("two", NOW.minus(Duration.ofHours(10)), 7);
        readAt("three", NOW.minus(Duration.ofHours(2)), 300);
        readAt("new", NOW, 5_000);
        hits.store();

        job().make().block();

        assertThat(medians.find("sport").block())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        Age.HOUR, new Median(20, 3),
                        Age.DAY, new Median(18.5, 2),
                        Age.WEEK, new Median(10, 1)));
        assertThat(medians.find("culture").block()).containsExactly(Map.entry(Age.HOUR, new Median(0, 1)));
        assertThat(medians.find("unheard-of").block()).isEmpty();
    }

    private CategoryMedianJob job() {
        return new CategoryMedianJob(
                new RankingLease(store.collections(), () -> NOW), articles, byAge, medians, () -> NOW);
    }

    private Map<String, Long> at(Age age, String articleId) {
        var article = requireNonNull(articles.find(articleId).block());
        return requireNonNull(byAge.at(age, List.of(article)).block());
    }

    private void readAt(String article, Instant time, long count) {
        hits.add(article, time, count);
    }

    private void publish(String id, String category, Instant at) {
        store.insert(articles.collection(), article(id, category, at));
    }

    private static Document article(String id, String category, Instant publishedAt) {
        return new Document("_id", id)
                .append("version", 2L)
                .append("title", "An article")
                .append("url", "/news/" + id)
                .append("public", true)
                .append("publishedAt", Date.from(publishedAt))
                .append("category", new Document("slug", category).append("name", category));
    }
}
