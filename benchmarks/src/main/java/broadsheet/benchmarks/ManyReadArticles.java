package broadsheet.benchmarks;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.InsertManyOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.bson.Document;

/**
 * The store of a stats-service that has counted for long: articles of 30 categories, their totals, and the days on which they
 * were read. On each day a few are read much and many little (the article of rank r has 1/r of the hits), half of them new.
 */
final class ManyReadArticles {

    static final int CATEGORIES = 30;

    /** The number of an article. */
    static final int READ_EVERY_DAY = 0;

    private static final int DOCUMENTS_AT_ONCE = 2_000;
    private static final int MOST_HITS_A_DAY = 100_000;
    private static final int NEW_A_DAY = 1_500;
    private static final int QUARTERS_A_DAY = 96;
    private static final int MINUTES_A_QUARTER = 15;
    private static final int HOURS_A_DAY = 24;
    private static final int DAYS_IN_MINUTES = 2;
    private static final int DAYS_OF_SKETCHES = 36;
    private static final int AUTHORS = 200;
    private static final int REFERRERS = 12;

    private final MongoDatabase database;
    private final int articles;
    private final Random random = new Random(42);
    private final Instant today = Instant.now().truncatedTo(ChronoUnit.DAYS);

    ManyReadArticles(MongoDatabase database, int articles) {
        this.database = database;
        this.articles = articles;
    }

    static String id(int number) {
        return "01a20cd9-0711-7757-8375-%012d".formatted(number);
    }

    static String category(int number) {
        return "category-" + number % CATEGORIES;
    }

    void store(int readADay, int days) {
        var stored = database.getCollection("stats_articles");
        stored.createIndex(Indexes.ascending("category.slug", "publishedAt"));
        insert(stored, articles, this::article);
        insert(database.getCollection("stats_article_revisions"), articles, this::revision);
        var totals = database.getCollection("stats_totals");
        totals.createIndex(
                Indexes.ascending("unsent"), new IndexOptions().partialFilterExpression(new Document("unsent", true)));
        totals.createIndex(Indexes.ascending("hits", "_id"));
        insert(
                totals,
                articles,
                number -> new Document("_id", id(number))
                        .append(
                                "hits",
                                (long) MOST_HITS_A_DAY * 10 / (1 + random.nextInt(articles)) + random.nextInt(100))
                        .append("bots", 0L));
        var history = database.getCollection("stats_article_days");
        history.createIndex(Indexes.ascending("articleId", "start"));
        history.createIndex(Indexes.ascending("start", "hits", "articleId"));
        for (int age = 0; age < days; age++) {
            Instant start = today.minus(Duration.ofDays(age));
            int newest = articles - 1 - age * NEW_A_DAY % articles;
            int[] read = random.ints(0, articles).distinct().limit(readADay).toArray();
            for (int rank = 0; rank < Math.min(readADay, NEW_A_DAY * 4) / 2; rank++) {
                read[2 * rank] = Math.max(0, newest - rank);
            }
            int[] ranked = IntStream.concat(Arrays.stream(read), IntStream.of(READ_EVERY_DAY))
                    .distinct()
                    .toArray();
            boolean inMinutes = age < DAYS_IN_MINUTES;
            boolean packed = age >= DAYS_OF_SKETCHES;
            insertSiteDay(start);
            insert(history, ranked.length, rank -> {
                Document day = day(ranked[rank], start, MOST_HITS_A_DAY / (rank + 1) + 1, inMinutes);
                return packed ? PackedDay.of(day) : day;
            });
        }
    }

    /** So that the service adds the day up itself. */
    private void insertSiteDay(Instant start) {
        var hits = new Document();
        for (int quarter = 0; quarter < QUARTERS_A_DAY; quarter++) {
            hits.append(Integer.toString(quarter), 1_000L + random.nextInt(1_000));
        }
        database.getCollection("stats_site_days")
                .insertOne(new Document("_id", start.toString().substring(0, 10) + "#before")
                        .append("start", Date.from(start))
                        .append("quarters", hits)
                        .append("fence", new Document("before", new Document("epoch", 0).append("offset", 1L))));
    }

    private static void insert(MongoCollection<Document> collection, int count, IntFunction<Document> document) {
        List<Document> some = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            some.add(document.apply(number));
            if (some.size() == DOCUMENTS_AT_ONCE || number == count - 1) {
                collection.insertMany(some, new InsertManyOptions().ordered(false));
                some.clear();
            }
        }
    }

    private Document article(int number) {
        return new Document("_id", id(number))
                .append("version", 2L)
                .append("title", "Strengthen communication and promote development together " + number)
                .append("url", "/news/" + category(number) + "/article-" + number)
                .append("public", true)
                .append("publishedAt", Date.from(today.minus(Duration.ofDays((articles - 1 - number) / NEW_A_DAY))))
                .append("category", new Document("slug", category(number)).append("name", "A category"));
    }

    private List<String> referrers() {
        return random.ints(REFERRERS, 0, 500)
                .distinct()
                .mapToObj(host -> "site-" + host + ".example")
                .toList();
    }

    private Document revision(int number) {
        return new Document("_id", id(number) + "@2")
                .append("articleId", id(number))
                .append("revision", 2L)
                .append("category", category(number))
                .append("authors", List.of("Author " + number % AUTHORS))
                .append("credits", List.of("Copy / Department " + number % CATEGORIES))
                .append("tags", List.of("tag-" + number % AUTHORS))
                .append("language", number % 2 == 0 ? "en" : "zh");
    }

    /** Its hits spread over the hours of a day, and over the keys of a dimension. */
    private List<Document> by(int hits, List<String> keys) {
        List<Document> by = new ArrayList<>();
        for (int key = 0; key < keys.size() && key < hits; key++) {
            int share = hits / keys.size() + (key < hits % keys.size() ? 1 : 0);
            var hours = new Document();
            for (int hour = 0; hour < HOURS_A_DAY && hour < share; hour++) {
                hours.append(Integer.toString(hour), (long) share / HOURS_A_DAY + (hour < share % HOURS_A_DAY ? 1 : 0));
            }
            by.add(new Document("key", keys.get(key)).append("hits", hours).append("merged", (long) share));
        }
        return by;
    }

    /** Its hits spread over the day. */
    private Document day(int article, Instant start, int hits, boolean inMinutes) {
        int parts = Math.min(hits, inMinutes ? QUARTERS_A_DAY * MINUTES_A_QUARTER / 4 : QUARTERS_A_DAY);
        int numbers = inMinutes ? QUARTERS_A_DAY * MINUTES_A_QUARTER : QUARTERS_A_DAY;
        var byTime = new Document();
        for (int part = 0; part < parts; part++) {
            int share = hits / parts + (part < hits % parts ? 1 : 0);
            byTime.merge(
                    String.valueOf(random.nextInt(numbers)), (long) share, (one, more) -> (Long) one + (Long) more);
        }
        return new Document("_id", id(article) + "@" + start.toString().substring(0, 10))
                .append("articleId", id(article))
                .append("start", Date.from(start))
                .append("hits", (long) hits)
                .append("visitors", (long) hits)
                .append(
                        "by",
                        new Document("channel", by(hits, List.of("direct", "search", "social", "mail", "referral")))
                                .append("source", by(hits, List.of("Baidu", "WeChat", "Google", "X", "Bing")))
                                .append("referrer", by(hits, referrers()))
                                .append("device", by(hits, List.of("desktop", "mobile", "tablet")))
                                .append("revision", by(hits, List.of("2"))))
                .append(inMinutes ? "minutes" : "quarters", byTime);
    }
}
