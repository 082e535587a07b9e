package broadsheet.embedded;

import de.bwaldvogel.mongo.bson.Document;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The fields that a {@code $group} reads, so that no more of many documents is kept in memory. */
final class GroupedFields {

    private GroupedFields() {}

    /** A projection on them; null where the first stage is none, or reads whole documents. */
    static @Nullable Document projection(List<Document> stages) {
        if (stages.isEmpty() || !(stages.get(0).get("$group") instanceof Document group)) {
            return null;
        }
        Set<String> fields = new TreeSet<>();
        if (!collect(group.values(), fields)) {
            return null;
        }
        var projection = new Document("_id", 1);
        fields.forEach(field -> projection.put(field, 1));
        return projection;
    }

    /** False where a variable such as {@code $$ROOT} is read. */
    private static boolean collect(Collection<?> expressions, Set<String> fields) {
        for (Object expression : expressions) {
            if (expression instanceof String text && text.startsWith("$$")) {
                return false;
            } else if (expression instanceof String text && text.startsWith("$")) {
                fields.add(text.substring(1).split("\\.", 2)[0]);
            } else if (expression instanceof Map<?, ?> operators && !collect(operators.values(), fields)) {
                return false;
            } else if (expression instanceof Collection<?> list && !collect(list, fields)) {
                return false;
            }
        }
        return true;
    }
}
