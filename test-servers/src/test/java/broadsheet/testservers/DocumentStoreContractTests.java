package broadsheet.testservers;

import static com.mongodb.client.model.Aggregates.group;
import static com.mongodb.client.model.Aggregates.limit;
import static com.mongodb.client.model.Aggregates.match;
import static com.mongodb.client.model.Aggregates.sort;
import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.elemMatch;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Updates.addToSet;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.max;
import static com.mongodb.client.model.Updates.pull;
import static com.mongodb.client.model.Updates.push;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.setOnInsert;
import static com.mongodb.client.model.Updates.unset;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Accumulators;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.result.UpdateResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What the services rely on, the same on the embedded server and on MongoDB. */
@ParameterizedClass
@MethodSource("servers")
class DocumentStoreContractTests {

    private static final UpdateOptions UPSERT = new UpdateOptions().upsert(true);
    private static final Duration MAX_PAUSE = Duration.ofSeconds(3);

    private final String uri;
    private MongoClient client;
    private MongoCollection<Document> things;

    @SuppressWarnings("NullAway.Init")
    DocumentStoreContractTests(String uri) {
        this.uri = uri;
    }

    static Stream<Named<String>> servers() {
        return MongoServers.uris("contract");
    }

    @BeforeEach
    void connect() {
        client = MongoClients.create(uri);
        things = client.getDatabase("contract").getCollection("things-" + UUID.randomUUID());
    }

    @AfterEach
    void disconnect() {
        things.drop();
        client.close();
    }

    private Document only(Bson filter) {
        List<Document> found = things.find(filter).into(new ArrayList<>());
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private List<Object> ids(Bson filter) {
        return things.find(filter)
                .sort(Sorts.ascending("_id"))
                .map(found -> found.get("_id"))
                .into(new ArrayList<>());
    }

    private static Document thing(Object id) {
        return new Document("_id", id);
    }

    @Test
    void aSecondDocumentWithTheSameIdIsADuplicate() {
        things.insertOne(thing("a"));

        assertThatExceptionOfType(MongoWriteException.class)
                .isThrownBy(() -> things.insertOne(thing("a")))
                .satisfies(e -> assertThat(e.getError().getCategory()).isEqualTo(ErrorCategory.DUPLICATE_KEY));
    }

    @Test
    void aSecondDocumentWithTheSameUniqueKeyIsADuplicate() {
        things.createIndex(Indexes.ascending("event", "subscription"), new IndexOptions().unique(true));
        things.insertOne(thing("a").append("event", "e").append("subscription", "s"));
        things.insertOne(thing("b").append("event", "e").append("subscription", "t"));

        assertThatExceptionOfType(MongoWriteException.class)
                .isThrownBy(
                        () -> things.insertOne(thing("c").append("event", "e").append("subscription", "s")))
                .satisfies(e -> assertThat(e.getError().getCategory()).isEqualTo(ErrorCategory.DUPLICATE_KEY));
        assertThatExceptionOfType(MongoWriteException.class)
                .isThrownBy(() -> things.updateOne(eq("_id", "b"), set("subscription", "s")))
                .satisfies(e -> assertThat(e.getError().getCategory()).isEqualTo(ErrorCategory.DUPLICATE_KEY));
        // which code says so differs between servers: nobody may look at it
        assertThatExceptionOfType(MongoCommandException.class)
                .isThrownBy(() -> things.findOneAndUpdate(eq("_id", "b"), set("subscription", "s")));
        assertThat(ids(new Document())).containsExactly("a", "b");
    }

    @Test
    void aUniqueKeyIsFreeAgainAfterItsDocumentChangedOrWent() {
        things.createIndex(Indexes.ascending("slug"), new IndexOptions().unique(true));
        things.insertOne(thing("a").append("slug", "one"));
        things.updateOne(eq("_id", "a"), set("slug", "two"));
        things.insertOne(thing("b").append("slug", "one"));
        things.deleteOne(eq("_id", "a"));
        things.insertOne(thing("c").append("slug", "two"));

        assertThat(only(eq("slug", "two"))).containsEntry("_id", "c");
    }

    @Test
    void aSparseUniqueIndexLetsDocumentsWithoutTheFieldBe() {
        things.createIndex(
                Indexes.ascending("slug"), new IndexOptions().unique(true).sparse(true));

        things.insertMany(List.of(thing("a"), thing("b"), thing("c").append("slug", "one")));

        assertThat(things.countDocuments()).isEqualTo(3);
    }

    @Test
    void racingUpsertsOfOneIdMakeOneDocument() throws Exception {
        for (int round = 0; round < 25; round++) {
            String id = "round-" + round;
            atOnce(8, () -> things.updateOne(eq("_id", id), inc("n", 1), UPSERT));

            assertThat(only(eq("_id", id))).containsEntry("n", 8);
        }
    }

    @Test
    void racingInsertsOfOneUniqueKeyLetOneIn() throws Exception {
        things.createIndex(Indexes.ascending("key"), new IndexOptions().unique(true));
        for (int round = 0; round < 25; round++) {
            String key = "round-" + round;
            List<Boolean> let = atOnce(4, () -> isLetIn(new Document("key", key)));
            assertThat(let).containsOnlyOnce(true);
        }
    }

    /** False where it is a duplicate. A server may also end a race by refusing both as a deadlock; then one tries again. */
    private boolean isLetIn(Document document) {
        for (int attempt = 0; attempt < 10; attempt++) {
            try {
                things.insertOne(document);
                return true;
            } catch (MongoWriteException e) {
                if (e.getError().getCategory() == ErrorCategory.DUPLICATE_KEY) {
                    return false;
                }
                assertThat(e).hasMessageContaining("deadlock");
                // PostgreSQL takes a second to see a deadlock; those who try again within it would only meet again
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(MAX_PAUSE.toNanos()));
            }
        }
        throw new AssertionError("a race that does not end");
    }

    @Test
    void concurrentIncrementsOfOneDocumentAllCount() throws Exception {
        things.insertOne(thing("hits").append("total", 0L));

        atOnce(8, () -> {
            for (int i = 0; i < 500; i++) {
                things.updateOne(eq("_id", "hits"), inc("total", 1L));
            }
            return true;
        });

        assertThat(only(eq("_id", "hits"))).containsEntry("total", 4_000L);
    }

    @Test
    void ofRacingFencedUpdatesOneWins() throws Exception {
        String fence = "fence.kQ3x-11";
        things.insertOne(thing("a"));
        for (long read = 0; read < 25; read++) {
            long before = read;
            List<Long> modified = atOnce(
                    4,
                    () -> things.updateOne(
                                    and(eq("_id", "a"), before == 0 ? exists(fence, false) : eq(fence, before)),
                                    combine(inc("hits", 5L), set(fence, before + 1)))
                            .getModifiedCount());

            assertThat(modified).containsOnlyOnce(1L);
        }

        assertThat(only(eq("_id", "a"))).containsEntry("hits", 125L);
    }

    @Test
    void aNestedFieldWithAHyphenIsAFence() {
        String fence = "fence.kQ3x-11";
        UpdateResult first = things.updateOne(
                and(eq("_id", "a"), exists(fence, false)), combine(inc("hits", 2L), set(fence, 41L)), UPSERT);
        UpdateResult again =
                things.updateOne(and(eq("_id", "a"), eq(fence, 40L)), combine(inc("hits", 2L), set(fence, 41L)));
        UpdateResult next = things.updateOne(
                and(eq("_id", "a"), eq(fence, 41L)),
                combine(inc("hits", 3L), set(fence, Long.MAX_VALUE), set("fence.kQ3x-2", 7L)));

        assertThat(first.getUpsertedId()).isNotNull();
        assertThat(again.getMatchedCount()).isZero();
        assertThat(next.getModifiedCount()).isEqualTo(1);
        assertThat(only(eq("_id", "a")))
                .containsEntry("hits", 5L)
                .containsEntry("fence", new Document("kQ3x-11", Long.MAX_VALUE).append("kQ3x-2", 7L));
    }

    @Test
    void anUpsertWhoseFilterNoLongerMatchesItsDocumentIsADuplicate() {
        things.insertOne(thing("a").append("fence", new Document("t-1", 9L)));

        assertThatExceptionOfType(MongoWriteException.class)
                .isThrownBy(() ->
                        things.updateOne(and(eq("_id", "a"), exists("fence.t-1", false)), set("fence.t-1", 1L), UPSERT))
                .satisfies(e -> assertThat(e.getError().getCategory()).isEqualTo(ErrorCategory.DUPLICATE_KEY));
    }

    @Test
    void oneUpdateCombinesEveryOperator() {
        var update = combine(
                inc("count", 2L),
                set("title", "News"),
                max("latest", 7L),
                push("outbox", new Document("eventId", "e1").append("sequence", 1L)),
                addToSet("tags", "campus"),
                setOnInsert("created", 1L),
                setOnInsert("kept", List.of("x", "y")));
        things.updateOne(eq("_id", "a"), update, UPSERT);
        things.updateOne(eq("_id", "a"), update, UPSERT);
        things.updateOne(
                eq("_id", "a"),
                combine(
                        inc("count", 1L),
                        max("latest", 3L),
                        set("created", 9L),
                        unset("title"),
                        addToSet("tags", "sport"),
                        pull("kept", "x")));

        assertThat(only(eq("_id", "a")))
                .containsEntry("count", 5L)
                .containsEntry("latest", 7L)
                .containsEntry("created", 9L)
                .containsEntry("tags", List.of("campus", "sport"))
                .containsEntry("kept", List.of("y"))
                .doesNotContainKey("title")
                .extractingByKey("outbox")
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .hasSize(2);
    }

    @Test
    void anEntryOfAListIsPulledByItsField() {
        things.insertOne(thing("a")
                .append(
                        "outbox",
                        List.of(
                                new Document("eventId", "e1").append("sequence", 1L),
                                new Document("eventId", "e2").append("sequence", 2L),
                                new Document("eventId", "e3").append("sequence", 3L))));

        things.updateOne(eq("_id", "a"), pull("outbox", in("eventId", "e1", "e3")));

        assertThat(only(exists("outbox.0")).getList("outbox", Document.class))
                .containsExactly(new Document("eventId", "e2").append("sequence", 2L));
        things.updateOne(eq("_id", "a"), pull("outbox", eq("eventId", "e2")));
        assertThat(ids(exists("outbox.0"))).isEmpty();
        assertThat(ids(ne("outbox", List.of()))).isEmpty();
    }

    @Test
    void findOneAndUpdateAnswersWithTheDocumentBeforeOrAfter() {
        things.insertOne(thing("a").append("n", 1));

        Document before = things.findOneAndUpdate(eq("_id", "a"), inc("n", 1));
        Document after = things.findOneAndUpdate(
                eq("_id", "a"), inc("n", 1), new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER));
        Document upserted = things.findOneAndUpdate(
                eq("_id", "b"),
                combine(inc("n", 1), setOnInsert("made", true)),
                new FindOneAndUpdateOptions().upsert(true).returnDocument(ReturnDocument.AFTER));
        Document absent = things.findOneAndUpdate(eq("_id", "c"), inc("n", 1));

        assertThat(before).containsEntry("n", 1);
        assertThat(after).containsEntry("n", 3);
        assertThat(upserted).containsEntry("n", 1).containsEntry("made", true);
        assertThat(absent).isNull();
    }

    @Test
    void racingClaimsOfTheNextDueDocumentEachGetAnother() throws Exception {
        things.insertMany(IntStream.range(0, 40)
                .mapToObj(i -> thing("d" + i).append("due", (long) i).append("state", "pending"))
                .toList());
        List<List<Document>> claimed = atOnce(
                4,
                () -> IntStream.range(0, 10)
                        .mapToObj(i -> things.findOneAndUpdate(
                                and(eq("state", "pending"), lte("due", 100L)),
                                set("state", "claimed"),
                                new FindOneAndUpdateOptions().sort(Sorts.ascending("due"))))
                        .toList());

        assertThat(claimed.stream().flatMap(List::stream).map(d -> d.get("_id")))
                .doesNotHaveDuplicates()
                .hasSize(40);
    }

    @Test
    void rangesSortsAndLimitsPageThroughACollection() {
        Instant noon = Instant.parse("2026-01-15T12:00:00Z");
        things.insertMany(List.of(
                thing("a").append("publishedAt", Date.from(noon)),
                thing("b").append("publishedAt", Date.from(noon.plusSeconds(60))),
                thing("c").append("publishedAt", Date.from(noon.plusSeconds(60))),
                thing("d").append("publishedAt", Date.from(noon.plusSeconds(120))),
                thing("e")));
        var newestFirst = Sorts.orderBy(Sorts.descending("publishedAt"), Sorts.descending("_id"));

        assertThat(things.find(exists("publishedAt"))
                        .sort(newestFirst)
                        .limit(2)
                        .map(d -> d.getString("_id"))
                        .into(new ArrayList<>()))
                .containsExactly("d", "c");
        Date cursor = Date.from(noon.plusSeconds(60));
        assertThat(things.find(or(lt("publishedAt", cursor), and(eq("publishedAt", cursor), lt("_id", "c"))))
                        .sort(newestFirst)
                        .limit(2)
                        .map(d -> d.getString("_id"))
                        .into(new ArrayList<>()))
                .containsExactly("b", "a");
        assertThat(ids(and(gte("publishedAt", cursor), lt("publishedAt", Date.from(noon.plusSeconds(120))))))
                .containsExactly("b", "c");
        assertThat(things.find()
                        .sort(newestFirst)
                        .skip(1)
                        .limit(2)
                        .map(d -> d.get("_id"))
                        .into(new ArrayList<>()))
                .containsExactly("c", "b");
    }

    @Test
    void moreThanABatchIsRead() {
        things.insertMany(IntStream.range(0, 350).mapToObj(i -> thing(i)).toList());

        assertThat(things.find()
                        .batchSize(50)
                        .sort(Sorts.ascending("_id"))
                        .map(d -> d.getInteger("_id"))
                        .into(new ArrayList<>()))
                .containsExactlyElementsOf(IntStream.range(0, 350).boxed().toList());
    }

    @Test
    void filtersLookIntoListsAndEmbeddedDocuments() {
        things.insertMany(List.of(
                thing("a")
                        .append("tags", List.of("x", "y"))
                        .append("revisions", List.of(revision(1, "ann"), revision(2, "bob"))),
                thing("b")
                        .append("tags", List.of("z"))
                        .append("revisions", List.of(revision(1, "bob"), revision(3, "ann"))),
                thing("c").append("author", new Document("name", "Ann"))));

        assertThat(ids(in("tags", "y", "z"))).containsExactly("a", "b");
        assertThat(ids(in("_id", List.of("a", "c", "q")))).containsExactly("a", "c");
        assertThat(ids(elemMatch("revisions", and(eq("by", "ann"), gt("n", 2)))))
                .containsExactly("b");
        assertThat(ids(or(eq("author.name", "Ann"), eq("tags", "x")))).containsExactly("a", "c");
        assertThat(ids(and(exists("tags"), ne("tags", "z")))).containsExactly("a");
        assertThat(ids(exists("author", false))).containsExactly("a", "b");
        assertThat(ids(eq("author", null))).containsExactly("a", "b");
    }

    private static Document revision(int n, String by) {
        return new Document("n", n).append("by", by);
    }

    @Test
    void anEntryOfAListIsUpdatedInPlace() {
        things.insertOne(thing("a").append("revisions", List.of(revision(1, "ann"), revision(2, "bob"))));

        things.updateOne(and(eq("_id", "a"), eq("revisions.n", 2)), set("revisions.$.by", "cat"));

        assertThat(only(eq("_id", "a")).getList("revisions", Document.class))
                .containsExactly(revision(1, "ann"), revision(2, "cat"));
    }

    @Test
    void documentsAreCountedAndDeletedByFilter() {
        things.insertMany(IntStream.range(0, 10)
                .mapToObj(i -> thing(i).append("even", i % 2 == 0))
                .toList());

        assertThat(things.countDocuments(eq("even", true))).isEqualTo(5);
        assertThat(things.deleteMany(and(eq("even", true), lt("_id", 6))).getDeletedCount())
                .isEqualTo(3);
        assertThat(things.deleteOne(eq("even", true)).getDeletedCount()).isEqualTo(1);
        assertThat(things.countDocuments()).isEqualTo(6);
        assertThat(things.updateMany(eq("even", false), inc("n", 1)).getModifiedCount())
                .isEqualTo(5);
    }

    @Test
    void groupsAreSummedSortedAndLimited() {
        things.insertMany(IntStream.range(0, 12)
                .mapToObj(i -> thing(i).append("section", "s" + i % 4).append("hits", (long) i))
                .toList());

        List<Document> top = things.aggregate(List.of(
                        match(gte("_id", 2)),
                        group(
                                "$section",
                                Accumulators.sum("hits", "$hits"),
                                Accumulators.max("most", "$hits"),
                                Accumulators.sum("articles", 1)),
                        sort(Sorts.descending("hits")),
                        limit(2)))
                .into(new ArrayList<>());

        assertThat(top)
                .containsExactly(
                        new Document("_id", "s3")
                                .append("hits", 21L)
                                .append("most", 11L)
                                .append("articles", 3),
                        new Document("_id", "s2")
                                .append("hits", 18L)
                                .append("most", 10L)
                                .append("articles", 3));
    }

    @Test
    void anAggregateStartsWithAQuery() {
        things.createIndex(Indexes.ascending("section", "at"));
        things.insertMany(IntStream.range(0, 20)
                .mapToObj(i -> thing(i).append("section", "s" + i % 2).append("at", i / 2))
                .toList());
        var sum = group("$section", Accumulators.sum("ids", "$_id"));

        assertThat(sums(match(and(eq("section", "s1"), gte("at", 3), lt("at", 5))), sum))
                .containsExactly(7 + 9);
        assertThat(sums(match(eq("section", "s0")), sort(Sorts.descending("at")), limit(2), sum))
                .containsExactly(18 + 16);
        assertThat(sums(limit(3), match(eq("section", "s0")), sum)).containsExactly(0 + 2);
        assertThat(sums(
                        sort(Sorts.ascending("_id")),
                        match(gt("_id", 17)),
                        sort(Sorts.descending("_id")),
                        limit(1),
                        sum))
                .containsExactly(19);
        assertThat(sums(match(eq("section", "none")), sum)).isEmpty();
        assertThat(sums(sum)).containsExactlyInAnyOrder(90, 100);
    }

    private List<Object> sums(Bson... stages) {
        return things.aggregate(List.of(stages)).map(sum -> sum.get("ids")).into(new ArrayList<>());
    }

    @Test
    void bytesDatesAndNumbersComeBackAsTheyWere() {
        Date date = Date.from(Instant.ofEpochMilli(1_768_478_400_123L));
        byte[] sketch = {0, -1, 127, -128, 5};
        UUID uuid = UUID.randomUUID();
        things.insertOne(thing(new Document("article", "a").append("hour", date))
                .append("sketch", sketch)
                .append("empty", new byte[0])
                .append("int", 5)
                .append("long", 1L << 60)
                .append("double", 0.1)
                .append("text", "Gr\u00fc\u00dfe, \u4f60\u597d \ud83d\udcf0")
                .append("nothing", null)
                .append("uuid", uuid.toString()));

        Document found = only(eq("_id", new Document("article", "a").append("hour", date)));

        assertThat(found)
                .containsEntry("sketch", new Binary(sketch))
                .containsEntry("empty", new Binary(new byte[0]))
                .containsEntry("int", 5)
                .containsEntry("long", 1L << 60)
                .containsEntry("double", 0.1)
                .containsEntry("text", "Gr\u00fc\u00dfe, \u4f60\u597d \ud83d\udcf0")
                .containsEntry("nothing", null)
                .containsEntry("uuid", uuid.toString());
        assertThat(ids(eq("sketch", sketch))).hasSize(1);
    }

    @Test
    void aProjectionLeavesFieldsOut() {
        things.insertOne(thing("a")
                .append("title", "News")
                .append("body", "long")
                .append("deep", new Document("x", 1).append("y", 2)));

        assertThat(things.find()
                        .projection(Projections.include("title", "deep.x"))
                        .first())
                .isEqualTo(thing("a").append("title", "News").append("deep", new Document("x", 1)));
        assertThat(things.find().projection(Projections.exclude("body", "deep")).first())
                .isEqualTo(thing("a").append("title", "News"));
    }

    @Test
    void indexesOfEveryKindAreAcceptedTwice() {
        for (int time = 0; time < 2; time++) {
            things.createIndex(Indexes.ascending("nextAttemptAt"));
            things.createIndex(Indexes.compoundIndex(Indexes.descending("publishedAt"), Indexes.descending("_id")));
            things.createIndex(
                    Indexes.ascending("outbox.sequence"),
                    new IndexOptions().name("pending").partialFilterExpression(exists("outbox.0")));
            things.createIndex(Indexes.ascending("at"), new IndexOptions().expireAfter(90L, TimeUnit.DAYS));
        }
        things.insertOne(thing("a").append("at", Date.from(Instant.EPOCH)));

        assertThat(things.listIndexes().map(index -> index.getString("name")).into(new ArrayList<>()))
                .contains("_id_", "nextAttemptAt_1", "publishedAt_-1__id_-1", "pending", "at_1");
    }

    @Test
    void anIndexChangesNoAnswer() {
        things.createIndex(Indexes.ascending("state", "due"));
        things.createIndex(Indexes.ascending("tags"));
        things.insertMany(List.of(
                thing("a").append("state", "pending").append("due", 5L).append("tags", List.of("x", "y")),
                thing("b").append("state", "pending").append("due", 7.5).append("tags", List.of()),
                thing("c").append("state", "done").append("due", 5).append("tags", "x"),
                thing("d").append("state", null),
                thing("e")));
        things.updateOne(eq("_id", "c"), set("state", "pending"));
        things.updateOne(eq("_id", "a"), pull("tags", "x"));
        things.deleteOne(eq("_id", "b"));

        assertThat(ids(and(eq("state", "pending"), lte("due", 6L)))).containsExactly("a", "c");
        assertThat(ids(and(eq("state", "pending"), eq("due", 5.0)))).containsExactly("a", "c");
        assertThat(ids(and(in("state", "pending", "done"), gt("due", 5L)))).isEmpty();
        assertThat(ids(eq("state", null))).containsExactly("d", "e");
        assertThat(ids(in("state", "pending", null))).containsExactly("a", "c", "d", "e");
        assertThat(ids(eq("tags", "x"))).containsExactly("c");
        assertThat(ids(eq("tags", List.of("y")))).containsExactly("a");
        assertThat(ids(gte("due", 5))).containsExactly("a", "c");
        assertThat(ids(exists("state", false))).containsExactly("e");
    }

    @Test
    void aListIsWalkedFromItsCursorInTheOrderOfAnIndex() {
        things.createIndex(Indexes.compoundIndex(Indexes.ascending("state"), Indexes.descending("at", "_id")));
        things.createIndex(Indexes.compoundIndex(Indexes.ascending("tags"), Indexes.descending("at", "_id")));
        Instant noon = Instant.parse("2026-01-15T12:00:00Z");
        things.insertMany(IntStream.range(0, 60)
                .mapToObj(i -> thing("%02d".formatted(i))
                        .append("state", i % 5 == 0 ? "draft" : i % 3 == 0 ? "corrected" : "published")
                        .append("at", Date.from(noon.plusSeconds(i / 4)))
                        .append("tags", i % 2 == 0 ? List.of("x", "even") : List.of("x")))
                .toList());
        Bson listed = in("state", "published", "corrected");

        assertThat(newestFirst(listed, 5)).containsExactly("59", "58", "57", "56", "54");
        assertThat(newestFirst(and(listed, after(noon.plusSeconds(14), "57")), 5))
                .containsExactly("56", "54", "53", "52", "51");
        assertThat(newestFirst(and(listed, eq("tags", "even"), after(noon.plusSeconds(14), "56")), 3))
                .containsExactly("54", "52", "48");
        assertThat(newestFirst(in("tags", "even", "x"), 3)).containsExactly("59", "58", "57");
        assertThat(newestFirst(and(listed, lt("at", Date.from(noon.plusSeconds(1)))), 9))
                .containsExactly("03", "02", "01");
        assertThat(newestFirst(eq("state", "none"), 9)).isEmpty();
        assertThat(things.find(listed)
                        .sort(Sorts.ascending("at", "_id"))
                        .skip(1)
                        .limit(3)
                        .map(d -> d.get("_id"))
                        .into(new ArrayList<>()))
                .containsExactly("02", "03", "04");
    }

    private static Bson after(Instant at, String id) {
        Date date = Date.from(at);
        return or(lt("at", date), and(eq("at", date), lt("_id", id)));
    }

    private List<Object> newestFirst(Bson filter, int limit) {
        return things.find(filter)
                .sort(Sorts.descending("at", "_id"))
                .limit(limit)
                .map(found -> found.get("_id"))
                .into(new ArrayList<>());
    }

    /** A field that is a list sorts by its least or its greatest entry, which no index of single entries can walk along. */
    @Test
    void listsSortByTheirLeastEntryUpwardsAndTheirGreatestDownwards() {
        things.createIndex(Indexes.ascending("marks"));
        things.insertMany(List.of(
                thing("a").append("marks", List.of(1, 9)),
                thing("b").append("marks", 5),
                thing("c").append("marks", 3)));

        assertThat(things.find()
                        .sort(Sorts.ascending("marks"))
                        .map(d -> d.get("_id"))
                        .into(new ArrayList<>()))
                .containsExactly("a", "c", "b");
        assertThat(things.find()
                        .sort(Sorts.descending("marks"))
                        .map(d -> d.get("_id"))
                        .into(new ArrayList<>()))
                .containsExactly("a", "b", "c");
    }

    /** What is missing comes first, then numbers, text, truths and times; numbers of every type are one order. */
    @Test
    void valuesOfManyTypesSortTheSameWithAnIndex() {
        List<Object> ascending = List.of(
                -2.5,
                -2L,
                0,
                0.5,
                1,
                1L << 53,
                (1L << 53) + 1,
                1e300,
                "",
                "A",
                "Z",
                "a",
                "aa",
                "\u00fc",
                "\u4f60",
                false,
                true,
                Date.from(Instant.parse("1969-01-01T00:00:00Z")),
                Date.from(Instant.EPOCH));
        things.insertMany(IntStream.range(0, ascending.size())
                .mapToObj(i -> thing(i).append("value", ascending.get(i)))
                .toList());
        things.insertOne(thing(-1));

        for (int time = 0; time < 2; time++) {
            assertThat(things.find()
                            .sort(Sorts.ascending("value"))
                            .map(d -> d.getInteger("_id"))
                            .into(new ArrayList<>()))
                    .isEqualTo(IntStream.range(-1, ascending.size()).boxed().toList());
            things.createIndex(Indexes.ascending("value"));
        }
        assertThat(ids(gt("value", 1L << 53))).containsExactly(6, 7);
        assertThat(ids(lt("value", 0.5))).containsExactly(0, 1, 2);
        assertThat(ids(gte("value", "Z"))).containsExactly(10, 11, 12, 13, 14);
        assertThat(ids(lte("value", Date.from(Instant.EPOCH)))).containsExactly(17, 18);
    }

    @Test
    void documentsAreIds() {
        List<Document> both = List.of(
                new Document("article", "a").append("hour", 2), new Document("article", "a").append("hour", 10L));
        things.insertMany(both.stream().map(id -> thing(id)).toList());

        assertThat(only(eq("_id", new Document("article", "a").append("hour", 10))))
                .containsEntry("_id", both.get(1));
        assertThat(ids(new Document())).containsExactlyElementsOf(both);
        assertThatExceptionOfType(MongoWriteException.class)
                .isThrownBy(() -> things.insertOne(thing(new Document("article", "a").append("hour", 2L))));
    }

    @Test
    void boundsOfOneFieldMayComeApart() {
        things.createIndex(Indexes.ascending("state", "due"));
        things.createIndex(Indexes.ascending("marks"));
        things.insertMany(IntStream.range(0, 10)
                .mapToObj(i -> thing(i).append("state", "pending").append("due", i))
                .toList());
        things.insertOne(thing(10).append("marks", List.of(1, 9)));

        assertThat(ids(new Document(
                        "$and",
                        List.of(
                                new Document("due", new Document("$lt", 6)),
                                new Document("state", "pending"),
                                new Document("due", new Document("$gte", 4))))))
                .containsExactly(4, 5);
        assertThat(ids(new Document(
                        "$and",
                        List.of(
                                new Document("marks", new Document("$gt", 4)),
                                new Document("marks", new Document("$lt", 6))))))
                .containsExactly(10);
    }

    @Test
    void anUnorderedBulkDoesAllItCanAndNamesWhatFailed() {
        things.insertOne(thing(2));

        assertThatExceptionOfType(MongoBulkWriteException.class)
                .isThrownBy(() -> things.insertMany(
                        List.of(thing(1), thing(2), thing(3)), new InsertManyOptions().ordered(false)))
                .satisfies(e -> assertThat(e.getWriteErrors()).singleElement().satisfies(error -> {
                    assertThat(error.getIndex()).isEqualTo(1);
                    assertThat(error.getCategory()).isEqualTo(ErrorCategory.DUPLICATE_KEY);
                }));
        assertThat(ids(new Document())).containsExactly(1, 2, 3);
    }

    @Test
    void aBulkOfUpsertsTellsWhichItMade() {
        things.insertOne(thing("a").append("n", 1L));

        var result = things.bulkWrite(
                Stream.of("a", "b", "c")
                        .map(id -> new UpdateOneModel<Document>(eq("_id", id), inc("n", 1L), UPSERT))
                        .toList(),
                new BulkWriteOptions().ordered(false));

        assertThat(result.getMatchedCount()).isEqualTo(1);
        assertThat(result.getModifiedCount()).isEqualTo(1);
        assertThat(result.getUpserts()).extracting(upsert -> upsert.getIndex()).containsExactly(1, 2);
    }

    @Test
    void readersNeverSeeHalfAnUpdate() throws Exception {
        things.insertOne(thing("a").append("left", 0L).append("right", 0L).append("list", List.of()));

        atOnce(4, () -> {
            for (int i = 0; i < 100; i++) {
                things.updateOne(eq("_id", "a"), combine(inc("left", 1L), inc("right", 1L), push("list", "entry")));
                Document seen = only(eq("_id", "a"));
                assertThat(seen.getLong("left"))
                        .isEqualTo(seen.getLong("right"))
                        .isEqualTo(seen.getList("list", String.class).size());
            }
            return true;
        });
    }

    @Test
    void aServerSaysInEveryDatabaseThatItTakesWrites() {
        assertThat(client.getDatabase("contract").runCommand(new Document("hello", 1)))
                .containsEntry("isWritablePrimary", true)
                .containsKey("maxWireVersion");
    }

    @Test
    void droppingADatabaseLeavesOthersWhoseNamesBeginAlike() {
        var short_ = client.getDatabase("contract-x");
        var long_ = client.getDatabase("contract-xy");
        short_.getCollection("c").insertOne(thing("a"));
        long_.getCollection("c").insertOne(thing("a"));

        short_.drop();

        assertThat(short_.getCollection("c").countDocuments()).isZero();
        assertThat(long_.getCollection("c").find().into(new ArrayList<>())).hasSize(1);
        assertThatExceptionOfType(MongoWriteException.class)
                .isThrownBy(() -> long_.getCollection("c").insertOne(thing("a")));
        long_.drop();
    }

    private static <T> List<T> atOnce(int threads, Callable<T> work) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> future : executor.invokeAll(Collections.nCopies(threads, work))) {
                results.add(future.get());
            }
            return results;
        } finally {
            executor.shutdownNow();
        }
    }
}
