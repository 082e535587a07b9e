package broadsheet.embedded;

import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;

/** Makes bulk commands answer as MongoDB does: an ordered one ends at its first error, and only what was done counts. */
final class BulkReplies {

    private static final String ERRORS = "writeErrors";
    private static final String UPSERTED = "upserted";
    private static final String MATCHED = "n";
    private static final String MODIFIED = "nModified";

    private BulkReplies() {}

    static Document insert(Document command, UnaryOperator<Document> run) {
        int asked = documents(command, "documents").size();
        boolean ordered = Utils.isTrue(command.getOrDefault("ordered", true));
        Document reply = run.apply(command);
        List<Document> errors = documents(reply, ERRORS);
        if (!errors.isEmpty()) {
            reply.put(MATCHED, ordered ? errors.get(0).get("index") : asked - errors.size());
        }
        return reply;
    }

    static Document update(Document command, UnaryOperator<Document> run) {
        List<Document> updates = documents(command, "updates");
        if (updates.size() < 2 || !Utils.isTrue(command.getOrDefault("ordered", true))) {
            return run.apply(command);
        }
        int matched = 0;
        int modified = 0;
        List<Document> upserted = new ArrayList<>();
        for (int i = 0; i < updates.size(); i++) {
            Document one = command.clone();
            one.put("updates", List.of(updates.get(i)));
            Document reply = run.apply(one);
            matched += number(reply, MATCHED);
            modified += number(reply, MODIFIED);
            upserted.addAll(at(i, documents(reply, UPSERTED)));
            List<Document> errors = documents(reply, ERRORS);
            if (!errors.isEmpty()) {
                return reply(matched, modified, upserted).append(ERRORS, at(i, errors));
            }
        }
        return reply(matched, modified, upserted);
    }

    private static Document reply(int matched, int modified, List<Document> upserted) {
        Document reply = new Document(MATCHED, matched).append(MODIFIED, modified);
        if (!upserted.isEmpty()) {
            reply.put(UPSERTED, upserted);
        }
        Utils.markOkay(reply);
        return reply;
    }

    private static int number(Document reply, String field) {
        return (Integer) reply.getOrDefault(field, 0);
    }

    private static List<Document> at(int index, List<Document> entries) {
        entries.forEach(entry -> entry.put("index", index));
        return entries;
    }

    @SuppressWarnings("unchecked")
    private static List<Document> documents(Document holder, String field) {
        return new ArrayList<>((Collection<Document>) holder.getOrDefault(field, List.of()));
    }
}
