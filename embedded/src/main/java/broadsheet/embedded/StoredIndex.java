package broadsheet.embedded;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * An index that is not unique: the {@link SortKey}s of the indexed fields and the id, mapped to the id.
 *
 * <p>It serves queries that fix its first fields, by a value or by {@code $in}, and bound the next.
 */
final class StoredIndex extends Index<Object> {

    /** Present once a list was indexed: then different entries of it can meet the two bounds of a range. */
    private static final byte[] HAS_LISTS = {0};

    private final MVMap<byte[], Object> positions;

    StoredIndex(MVMap<byte[], Object> positions, String name, List<IndexKey> keys) {
        // sparse: the collection does not expect to find every document here
        super(name, keys, true);
        this.positions = positions;
    }

    /** How many fields the query fixes, a half more if it bounds the next; 0 if this index does not help. */
    double usefulness(Document query) {
        Conditions conditions = Conditions.of(query);
        double useful = 0;
        for (String field : keys()) {
            @Nullable Object asked = conditions.on(field);
            if (!Range.fixed(asked).isEmpty()) {
                useful++;
            } else {
                return Range.bounds(asked) ? useful + 0.5 : useful;
            }
        }
        return useful;
    }

    @Override
    public boolean canHandle(Document query) {
        return usefulness(query) > 0;
    }

    @Override
    public Iterable<Object> getPositions(Document query) {
        Conditions conditions = Conditions.of(query);
        List<byte[]> prefixes = List.of(new byte[0]);
        for (String field : keys()) {
            @Nullable Object asked = conditions.on(field);
            List<Object> values = Range.fixed(asked);
            if (!values.isEmpty()) {
                prefixes = extended(prefixes, values);
            } else if (asked instanceof Document operators && Range.bounds(operators)) {
                boolean hasLists = positions.containsKey(HAS_LISTS);
                return found(prefixes.stream()
                        .map(prefix -> Range.of(prefix, operators, hasLists))
                        .toList());
            } else {
                break;
            }
        }
        return found(prefixes.stream().map(Range::of).toList());
    }

    private Set<Object> found(List<Range> ranges) {
        Set<Object> ids = new LinkedHashSet<>();
        for (Range range : ranges) {
            var cursor = positions.cursor(range.from());
            while (cursor.hasNext() && range.includes(cursor.next())) {
                ids.add(cursor.getValue());
            }
        }
        return ids;
    }

    private static List<byte[]> extended(List<byte[]> prefixes, Collection<?> values) {
        List<byte[]> longer = new ArrayList<>();
        for (byte[] prefix : prefixes) {
            for (Object value : values) {
                longer.add(SortKey.concat(prefix, SortKey.encode(value)));
            }
        }
        return longer;
    }

    private List<byte[]> keysOf(Document document) {
        List<byte[]> all = List.of(new byte[0]);
        for (String field : keys()) {
            all = extended(all, leaves(Utils.getSubdocumentValueCollectionAware(document, field)));
        }
        byte[] id = DocumentType.encode(KeyType.wrap(Missing.ofNullable(document.get("_id"))));
        return all.stream().map(key -> SortKey.concat(key, id)).toList();
    }

    private static List<Object> leaves(@Nullable Object value) {
        List<Object> leaves = new ArrayList<>();
        collect(value, leaves);
        return leaves;
    }

    private static void collect(@Nullable Object value, List<Object> leaves) {
        if (value instanceof Collection<?> values) {
            values.forEach(each -> collect(each, leaves));
        }
        if (!(value instanceof Collection<?> values) || values.isEmpty()) {
            leaves.add(Missing.ofNullable(value));
        }
    }

    private boolean hasList(Document document) {
        return keys().stream()
                .anyMatch(field -> Utils.getSubdocumentValueCollectionAware(document, field) instanceof Collection);
    }

    @Override
    public void add(Document document, Object position, MongoCollection<Object> collection) {
        if (hasList(document)) {
            positions.putIfAbsent(HAS_LISTS, Missing.getInstance());
        }
        keysOf(document).forEach(key -> positions.put(key, position));
    }

    @Override
    public @Nullable Object remove(Document document) {
        keysOf(document).forEach(positions::remove);
        return null;
    }

    @Override
    public void updateInPlace(Document before, Document after, Object position, MongoCollection<Object> collection) {
        Iterator<byte[]> old = keysOf(before).iterator();
        List<byte[]> now = keysOf(after);
        boolean same = true;
        for (byte[] key : now) {
            same &= old.hasNext() && Arrays.equals(key, old.next());
        }
        if (!same || old.hasNext()) {
            remove(before);
            add(after, position, collection);
        }
    }

    @Override
    public void checkAdd(Document document, MongoCollection<Object> collection) {
        // nothing is refused
    }

    @Override
    public void checkUpdate(Document before, Document after, MongoCollection<Object> collection) {
        // nothing is refused
    }

    @Override
    public @Nullable Object getPosition(Document document) {
        return null;
    }

    @Override
    public long getCount() {
        return positions.sizeAsLong();
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
