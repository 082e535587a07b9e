package broadsheet.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.bson.Document;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroupedFieldsTests {

    @Test
    void theFieldsThatAGroupReadsAreFoundInItsExpressions() {
        var group = new Document("_id", new Document("day", "$start.day").append("kind", "text"))
                .append("hits", new Document("$sum", List.of("$hits", new Document("$add", List.of("$bots", 1)))));

        assertThat(GroupedFields.projection(List.of(new Document("$group", group))))
                .containsOnlyKeys("_id", "start", "hits", "bots");
    }

    @Test
    void whatReadsWholeDocumentsOrIsNoGroupIsReadWhole() {
        var whole = new Document("_id", null).append("all", new Document("$push", "$$ROOT"));

        assertThat(GroupedFields.projection(List.of(new Document("$group", whole))))
                .isNull();
        assertThat(GroupedFields.projection(List.of(new Document("$unwind", "$tags"))))
                .isNull();
        assertThat(GroupedFields.projection(List.of())).isNull();
    }
}
