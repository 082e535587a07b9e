package broadsheet.testservers;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.push;
import static com.mongodb.client.model.Updates.set;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOptions;
import java.util.List;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** That each change to a document is one step for everybody else. */
class ConcurrencyContractTests extends DocumentStoreContract {

    private static final UpdateOptions UPSERT = new UpdateOptions().upsert(true);

    @Test
    void racingUpsertsOfOneIdMakeOneDocument() throws Exception {
        for (int round = 0; round < 25; round++) {
            String id = "round-" + round;
            atOnce(8, () -> things.updateOne(eq("_id", id), inc("n", 1), UPSERT));

            assertThat(only(eq("_id", id))).containsEntry("n", 8);
        }
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
}
