package broadsheet.testservers;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.ne;
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

import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.result.UpdateResult;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.bson.Document;
import org.bson.types.Binary;
import org.junit.jupiter.api.Test;

/** What an update, an upsert, a bulk and a delete do, and that values come back as they were. */
class WritesContractTests extends DocumentStoreContract {

    private static final UpdateOptions UPSERT = new UpdateOptions().upsert(true);

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
    void anEntryOfAListIsUpdatedInPlace() {
        things.insertOne(thing("a").append("revisions", List.of(revision(1, "ann"), revision(2, "bob"))));

        things.updateOne(and(eq("_id", "a"), eq("revisions.n", 2)), set("revisions.$.by", "cat"));

        assertThat(only(eq("_id", "a")).getList("revisions", Document.class))
                .containsExactly(revision(1, "ann"), revision(2, "cat"));
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

    private static Document revision(int n, String by) {
        return new Document("n", n).append("by", by);
    }
}
