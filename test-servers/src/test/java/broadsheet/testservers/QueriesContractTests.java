package broadsheet.testservers;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.elemMatch;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Filters.or;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** Filters, sorts, limits, batches and projections, without an index. */
class QueriesContractTests extends DocumentStoreContract {

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
    void whatIsDeletedOrNoLongerMeetsTheConditionBetweenBatchesIsLeftOut() {
        things.insertMany(IntStream.rangeClosed(1, 9)
                .mapToObj(n -> thing(n).append("n", n % 2))
                .toList());

        try (var odd = things.find(eq("n", 1)).batchSize(2).iterator()) {
            assertThat(List.of(odd.next().get("_id"), odd.next().get("_id"))).containsExactly(1, 3);
            things.deleteOne(eq("_id", 7));
            things.updateOne(eq("_id", 9), Updates.set("n", 2));

            List<Object> rest = new ArrayList<>();
            odd.forEachRemaining(thing -> rest.add(thing.get("_id")));
            assertThat(rest).containsExactly(5);
        }
    }

    @Test
    void documentsThatAreMoreThanAnAnswerHoldsComeInSeveral() {
        String megabyte = "a".repeat(1 << 20);
        IntStream.range(0, 40).forEach(n -> things.insertOne(thing(n).append("text", megabyte)));

        assertThat(things.find()
                        .batchSize(1_000)
                        .sort(Sorts.descending("text", "_id"))
                        .map(thing -> thing.get("_id"))
                        .into(new ArrayList<>()))
                .containsExactlyElementsOf(
                        IntStream.range(0, 40).mapToObj(n -> (Object) (39 - n)).toList());
    }

    @Test
    void ofListedIdsOnlyThoseAreFoundThatMeetTheOtherConditions() {
        things.insertMany(List.of(
                thing("a").append("n", 1), thing("b").append("n", 2), thing("c").append("n", 3)));
        var listed = in("_id", List.of("a", "b", "q"));

        assertThat(ids(and(listed, gt("n", 1)))).containsExactly("b");
        assertThat(ids(and(gt("n", 1), and(listed)))).containsExactly("b");
        assertThat(ids(and(listed, in("_id", List.of("b", "c"))))).containsExactly("b");
        assertThat(ids(and(listed, ne("_id", "a")))).containsExactly("b");
        assertThat(ids(or(listed, eq("n", 3)))).containsExactly("a", "b", "c");
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

    private static Document revision(int n, String by) {
        return new Document("n", n).append("by", by);
    }
}
