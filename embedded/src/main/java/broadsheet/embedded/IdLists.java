package broadsheet.embedded;

import de.bwaldvogel.mongo.bson.Document;
import java.util.Collection;
import java.util.stream.Stream;

/**
 * Conditions that a document's id is one of these texts. Whoever read the documents by those ids need not look for each
 * document's id in the list again, which takes the square of its length.
 */
final class IdLists {

    private static final String ID = "_id";

    private IdLists() {}

    /** What is left to ask of documents that an index of their ids found; all of it where that may not be left out. */
    static Document leftOut(Document query) {
        return idConditions(query).count() == 1 ? without(query) : query;
    }

    private static Stream<Object> idConditions(Document query) {
        return query.entrySet().stream().flatMap(condition -> switch (condition.getKey()) {
            case ID -> Stream.of(condition.getValue());
            case "$and" -> parts(condition.getValue()).flatMap(IdLists::idConditions);
            default -> Stream.empty();
        });
    }

    private static Document without(Document query) {
        Document rest = new Document();
        query.forEach((key, asked) -> {
            if (key.equals("$and")) {
                var parts = parts(asked)
                        .map(IdLists::without)
                        .filter(part -> !part.isEmpty())
                        .toList();
                if (!parts.isEmpty()) {
                    rest.put(key, parts);
                }
            } else if (!key.equals(ID) || !isListOfTexts(asked)) {
                rest.put(key, asked);
            }
        });
        return rest;
    }

    private static boolean isListOfTexts(Object asked) {
        return asked instanceof Document operators
                && operators.size() == 1
                && operators.get("$in") instanceof Collection<?> ids
                && ids.stream().allMatch(String.class::isInstance);
    }

    private static Stream<Document> parts(Object queries) {
        return ((Collection<?>) queries).stream().map(Document.class::cast);
    }
}
