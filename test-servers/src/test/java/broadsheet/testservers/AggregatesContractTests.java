package broadsheet.testservers;

import static com.mongodb.client.model.Aggregates.group;
import static com.mongodb.client.model.Aggregates.limit;
import static com.mongodb.client.model.Aggregates.match;
import static com.mongodb.client.model.Aggregates.sort;
import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.lt;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.model.Accumulators;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Sorts;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.Test;

/** Groups, and the stages before them that are a query. */
class AggregatesContractTests extends DocumentStoreContract {

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
}
