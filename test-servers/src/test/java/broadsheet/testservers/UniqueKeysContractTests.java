package broadsheet.testservers;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Updates.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoWriteException;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.UpdateOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** Which documents a store refuses because another has their key. */
class UniqueKeysContractTests extends DocumentStoreContract {

    private static final UpdateOptions UPSERT = new UpdateOptions().upsert(true);
    private static final Duration MAX_PAUSE = Duration.ofSeconds(3);

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
    void noTwoDocumentsHaveTheSameElementInAUniqueArray() {
        things.createIndex(Indexes.ascending("slugs"), new IndexOptions().unique(true));
        things.insertOne(thing("a").append("slugs", List.of("one", "two")));
        things.insertOne(thing("b").append("slugs", List.of("three")));

        assertThatExceptionOfType(MongoWriteException.class)
                .isThrownBy(() -> things.insertOne(thing("c").append("slugs", List.of("four", "two"))))
                .satisfies(e -> assertThat(e.getError().getCategory()).isEqualTo(ErrorCategory.DUPLICATE_KEY));
        assertThatExceptionOfType(MongoWriteException.class)
                .isThrownBy(() -> things.updateOne(eq("_id", "b"), set("slugs", List.of("five", "one"))))
                .satisfies(e -> assertThat(e.getError().getCategory()).isEqualTo(ErrorCategory.DUPLICATE_KEY));
        things.updateOne(eq("_id", "a"), set("slugs", List.of("two", "six")));
        things.updateOne(eq("_id", "b"), set("slugs", List.of("three", "one", "four")));
        assertThat(only(eq("slugs", "two"))).containsEntry("_id", "a");
        assertThat(only(eq("slugs", "one"))).containsEntry("_id", "b");
        assertThat(only(eq("slugs", "four"))).containsEntry("_id", "b");
        assertThat(ids(new Document())).containsExactly("a", "b");
    }

    @Test
    void aSparseUniqueIndexLetsDocumentsWithoutTheFieldBe() {
        things.createIndex(
                Indexes.ascending("slug"), new IndexOptions().unique(true).sparse(true));

        things.insertMany(List.of(thing("a"), thing("b"), thing("c").append("slug", "one")));

        assertThat(things.countDocuments()).isEqualTo(3);
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
    void anUpsertWhoseFilterNoLongerMatchesItsDocumentIsADuplicate() {
        things.insertOne(thing("a").append("fence", new Document("t-1", 9L)));

        assertThatExceptionOfType(MongoWriteException.class)
                .isThrownBy(() ->
                        things.updateOne(and(eq("_id", "a"), exists("fence.t-1", false)), set("fence.t-1", 1L), UPSERT))
                .satisfies(e -> assertThat(e.getError().getCategory()).isEqualTo(ErrorCategory.DUPLICATE_KEY));
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
}
