package broadsheet.testservers;

import static com.mongodb.client.model.Aggregates.limit;
import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Updates.pull;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.unset;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Sorts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.Test;

/** That an index changes no answer, whatever it holds and whichever way it is walked. */
class IndexesContractTests extends DocumentStoreContract {

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

    @Test
    void whatHasOneOfManyEntriesComesOnceAndInPages() {
        things.createIndex(Indexes.ascending("terms", "_id"));
        things.insertMany(IntStream.range(0, 90)
                .mapToObj(i -> thing("%02d".formatted(i))
                        .append("terms", List.of("k:" + i, "k:" + (i + 1), "k:数据" + i % 9))
                        .append("state", i % 10 == 0 ? "pending" : "active"))
                .toList());
        List<String> asked = Stream.concat(
                        Stream.of("k:数据7"), IntStream.range(60, 3_000).mapToObj(i -> "k:" + i))
                .toList();
        Bson active = and(in("terms", asked), eq("state", "active"));

        assertThat(ids(active))
                .containsExactlyElementsOf(IntStream.range(0, 90)
                        .filter(i -> (i % 9 == 7 || i >= 59) && i % 10 != 0)
                        .mapToObj("%02d"::formatted)
                        .toList());
        assertThat(things.find(and(active, gt("_id", "52")))
                        .sort(Sorts.ascending("_id"))
                        .limit(3)
                        .map(found -> found.get("_id"))
                        .into(new ArrayList<>()))
                .containsExactly("59", "61", "62");
    }

    @Test
    void whatIsDueComesInOrderAndWhatIsFinishedNever() {
        things.createIndex(Indexes.ascending("lane", "due"), new IndexOptions().sparse(true));
        Instant now = Instant.parse("2026-01-15T12:00:00Z");
        things.insertMany(IntStream.range(0, 40)
                .mapToObj(i -> thing(i).append("lane", i % 4).append("due", Date.from(now.plusSeconds(20 - i))))
                .toList());
        things.updateMany(gte("_id", 36), unset("due"));
        Bson due = and(in("lane", 0, 1), lte("due", Date.from(now)));

        assertThat(firstDue(due, 4)).containsExactly(33, 32, 29, 28);
        things.updateOne(eq("_id", 33), unset("due"));
        things.updateOne(eq("_id", 2), set("lane", 0));
        things.updateOne(eq("_id", 2), set("due", Date.from(now.minusSeconds(60))));
        assertThat(firstDue(due, 2)).containsExactly(2, 32);
        assertThat(ids(exists("due", false))).containsExactly(33, 36, 37, 38, 39);
    }

    private List<Object> firstDue(Bson filter, int limit) {
        return things.find(filter)
                .sort(Sorts.ascending("due"))
                .limit(limit)
                .map(found -> found.get("_id"))
                .into(new ArrayList<>());
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
}
