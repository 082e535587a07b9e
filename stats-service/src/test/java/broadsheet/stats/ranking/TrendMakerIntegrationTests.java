package broadsheet.stats.ranking;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.stats.StoredDocuments;
import broadsheet.stats.article.Article;
import broadsheet.stats.article.Articles;
import broadsheet.stats.erased.ErasedArticles;
import broadsheet.stats.history.MostReadDays;
import broadsheet.stats.position.CountingLag;
import broadsheet.stats.ranking.Rankings.CategoryRanking;
import broadsheet.stats.ranking.Trending.TrendingArticle;
import broadsheet.testservers.MongoServers;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What is trending on a site of 40 articles, on the embedded server and on MongoDB. */
@ParameterizedClass
@MethodSource("servers")
class TrendMakerIntegrationTests {

    private static final Instant NOW = Instant.parse("2026-03-02T06:30:20Z");
    private static final Instant HOUR = Period.HOUR.start(NOW);

    private final StoredDocuments store;
    private final StoredHits hits;
    private final Articles articles;
    private final Random random = new Random(7);

    TrendMakerIntegrationTests(String uri) {
        store = new StoredDocuments(uri);
        hits = new StoredHits(store);
        articles = new Articles(store.collections(), new ErasedArticles(store.collections()));
        hits.createIndexes();
    }

    static Stream<Named<String>> servers() {
        return MongoServers.uris("trends-" + UUID.randomUUID());
    }

    @AfterEach
    void drop() {
        store.drop();
        store.close();
    }

    @Test
    void onlyWhatRisesIsTrendingTheGreatestRiseFirst() {
        for (int number = 0; number < 36; number++) {
            article("steady-" + number, number % 2 == 0 ? "sport" : "culture", null);
            read("steady-" + number, 5 + number, 5 + number);
        }
        article("jumped", "sport", null);
        read("jumped", 40, 400);
        article("woken", "sport", null);
        read("woken", 0, 60);
        article("new", "culture", HOUR.plusSeconds(60));
        read("new", 0, 20);
        article("newAndRead", "culture", HOUR.plusSeconds(60));
        read("newAndRead", 0, 120);

        make();

        assertThat(now(null)).containsExactly("jumped", "woken", "newAndRead");
        assertThat(now("culture")).containsExactly("newAndRead");
        assertThat(now("unheard-of")).isEmpty();
    }

    @Test
    void noArticleIsTrendingWhereAllRise() {
        for (int number = 0; number < 40; number++) {
            article("morning-" + number, "sport", null);
            read("morning-" + number, 20, 65 + random.nextInt(10));
        }

        make();

        assertThat(now(null)).isEmpty();
    }

    @Test
    void whatIsWithdrawnIsNotTrending() {
        article("jumped", "sport", null);
        read("jumped", 40, 400);
        make();
        store.set(articles.collection(), "jumped", "public", false);

        assertThat(now(null)).isEmpty();
    }

    private void make() {
        hits.store();
        var search = new ThresholdSearch(
                HitLists.since(HOUR, NOW, new MostReadDays(store.served())), articles, new HashSet<>(), 100, 1_000);
        MostRead best = requireNonNull(search.find().block());
        List<CategoryRanking> rankings = best.categories().stream()
                .map(category -> new CategoryRanking(
                        category, best.mostHitsFirst(category), new CountingLag.Report(0L, true, NOW), true))
                .toList();
        new TrendMaker(new MostReadDays(store.served()), articles, new StoredTrends(store.collections()))
                .make(rankings, HOUR)
                .block();
    }

    private List<String> now(@Nullable String category) {
        var now = requireNonNull(new Trending(new StoredTrends(store.collections()), articles)
                .now(category)
                .block());
        assertThat(now.counted().asOf()).isEqualTo(NOW.truncatedTo(ChronoUnit.MILLIS));
        return now.articles().stream()
                .map(TrendingArticle::article)
                .map(Article::articleId)
                .toList();
    }

    private void read(String article, int eachHour, int lastHour) {
        if (eachHour > 0) {
            for (int age = 0; age < 50; age++) {
                hits.add(article, HOUR.minus(Duration.ofMinutes(30 + age * 60L)), eachHour);
            }
        }
        hits.add(article, NOW, lastHour);
    }

    private void article(String id, String category, @Nullable Instant publishedAt) {
        store.insert(
                articles.collection(),
                new Document("_id", id)
                        .append("version", 2L)
                        .append("title", "An article")
                        .append("url", "/news/" + id)
                        .append("public", true)
                        .append("publishedAt", publishedAt == null ? null : Date.from(publishedAt))
                        .append("category", new Document("slug", category).append("name", category)));
    }
}
