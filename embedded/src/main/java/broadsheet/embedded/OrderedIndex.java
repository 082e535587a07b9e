package broadsheet.embedded;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.DuplicateKeyError;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * An index, unique or not: the {@link DocumentKeys} of its fields and of the id, mapped to the key of the id.
 *
 * <p>The index of the ids is the map of the documents itself.
 */
final class OrderedIndex extends Index<byte[]> {

    private static final String ID = "_id";
    private static final double UNIQUE = 100;
    private static final double SEVERAL = 0.9;
    private static final double RANGE = 0.5;
    private static final double ORDER = 0.7;

    private final MVMap<byte[], byte[]> entries;
    private final List<String> fields;
    private final boolean unique;
    private final boolean sparse;
    private final boolean ofIds;
    private final UnorderedFields unordered;

    /** @param sparse whether a unique index lets documents be that have none of the fields */
    OrderedIndex(MVMap<byte[], byte[]> entries, String name, List<IndexKey> keys, boolean unique, boolean sparse) {
        // to the superclass all are sparse but that of the ids, which alone is asked for the place of each document
        super(name, keys, !isOfIds(keys));
        this.entries = entries;
        this.fields = Stream.concat(keys().stream(), Stream.of(ID)).distinct().toList();
        this.unique = unique;
        this.sparse = sparse;
        this.ofIds = !isSparse();
        this.unordered = new UnorderedFields(entries, fields, ofIds);
    }

    static boolean isOfIds(List<IndexKey> keys) {
        return keys.size() == 1 && keys.get(0).getKey().equals(ID);
    }

    /** The map of the store that holds it. */
    String mapName() {
        return entries.getName();
    }

    void clear() {
        entries.clear();
    }

    /** Finds at least what meets the conditions. */
    IndexScan scan(FieldConditions conditions, @Nullable Document order) {
        List<byte[]> prefixes = List.of(new byte[0]);
        double usefulness = 0;
        int fixed = 0;
        for (; fixed < fields.size(); fixed++) {
            List<byte[]> values = conditions.values(fields.get(fixed));
            if (values == null) {
                break;
            }
            prefixes = DocumentKeys.extended(prefixes, values);
            usefulness += values.size() == 1 ? 1 : SEVERAL;
        }
        Optional<KeyRange> range = fixed < fields.size()
                ? conditions.range(fields.get(fixed), unordered.contain(fixed))
                : Optional.empty();
        if (range.isPresent()) {
            usefulness += RANGE;
        }
        if (unique && fixed >= getKeys().size()) {
            usefulness += UNIQUE;
        }
        boolean inOrder = order == null || isOrder(order, fixed);
        if (inOrder) {
            usefulness += ORDER;
        }
        boolean repeats = unordered.containAny(0, fields.size());
        return new IndexScan(
                entries,
                ofIds,
                prefixes,
                range.orElse(KeyRange.ALL),
                order != null && isDescending(order),
                repeats,
                inOrder,
                usefulness);
    }

    /** Whether behind the fields with fixed values the entries have this order, forwards or backwards. */
    private boolean isOrder(Document order, int fixed) {
        int end = fixed + order.size();
        return end <= fields.size()
                && fields.subList(fixed, end).equals(List.copyOf(order.keySet()))
                && order.values().stream().distinct().count() == 1
                && !unordered.containAny(fixed, end);
    }

    private static boolean isDescending(Document order) {
        return order.values().stream()
                .allMatch(direction -> direction instanceof Number number && number.intValue() < 0);
    }

    private static byte[] id(Document document) {
        return SortKey.of(document.get(ID));
    }

    @Override
    public void checkAdd(Document document, MongoCollection<byte[]> collection) {
        check(document, new byte[0], collection);
    }

    @Override
    public void checkUpdate(Document before, Document after, MongoCollection<byte[]> collection) {
        if (unique && isChanged(before, after)) {
            check(after, id(before), collection);
        }
    }

    private boolean isChanged(Document before, Document after) {
        return fields.stream()
                .anyMatch(field -> !Objects.equals(
                        Utils.getSubdocumentValueCollectionAware(before, field),
                        Utils.getSubdocumentValueCollectionAware(after, field)));
    }

    private void check(Document document, byte[] own, MongoCollection<byte[]> collection) {
        if (!unique || (sparse && DocumentKeys.areMissing(document, keys()))) {
            return;
        }
        for (byte[] key : DocumentKeys.of(document, keys())) {
            IndexScan same = new IndexScan(entries, ofIds, List.of(key), KeyRange.ALL, false, false, true, 0);
            if (same.ids().anyMatch(id -> !Arrays.equals(id, own))) {
                throw new DuplicateKeyError(
                        this,
                        collection,
                        getKeys(),
                        getKeyValues(document).iterator().next());
            }
        }
    }

    @Override
    public void add(Document document, byte[] id, MongoCollection<byte[]> collection) {
        if (ofIds) {
            return;
        }
        DocumentKeys.of(document, fields).forEach(key -> entries.put(key, id));
        unordered.mark(document);
    }

    @Override
    public byte @Nullable [] remove(Document document) {
        if (!ofIds) {
            DocumentKeys.of(document, fields).forEach(entries::remove);
        }
        return getPosition(document);
    }

    @Override
    public void updateInPlace(Document before, Document after, byte[] id, MongoCollection<byte[]> collection) {
        if (isChanged(before, after) && !DocumentKeys.of(before, fields).equals(DocumentKeys.of(after, fields))) {
            remove(before);
            add(after, id, collection);
        }
    }

    @Override
    public byte @Nullable [] getPosition(Document document) {
        return ofIds ? id(document) : null;
    }

    @Override
    public boolean canHandle(Document query) {
        return true;
    }

    @Override
    public Iterable<byte[]> getPositions(Document query) {
        return scan(new FieldConditions(query), null).ids().toList();
    }

    @Override
    public boolean isUnique() {
        return unique;
    }

    @Override
    public long getCount() {
        return entries.sizeAsLong();
    }

    @Override
    public long getDataSize() {
        return getCount();
    }

    @Override
    public void drop() {
        // the database removes the map
    }
}
