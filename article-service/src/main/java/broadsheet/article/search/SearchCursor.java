package broadsheet.article.search;

import static java.nio.charset.StandardCharsets.UTF_8;

import broadsheet.article.store.ListCursor;
import broadsheet.web.problem.InvalidFieldException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.util.BytesRef;

/**
 * Where a list in some order goes on: behind the article that had this value and id, also where it is there no more.
 *
 * @param value what the list is sorted by: a {@code Long} of milliseconds, a {@code Float} or a {@code BytesRef}
 */
record SearchCursor(SearchSort sort, Object value, String id) {

    static SearchCursor of(SearchSort sort, FieldDoc last) {
        return new SearchCursor(sort, last.fields[0], ((BytesRef) last.fields[1]).utf8ToString());
    }

    /** @throws InvalidFieldException where it is not one of a list in this order */
    static SearchCursor parse(SearchSort sort, String text) {
        if (sort == SearchSort.NEWEST) { // the store has lists in this order too, which can be gone on with here
            ListCursor newest = ListCursor.parse(text);
            return new SearchCursor(sort, newest.listedAt().toEpochMilli(), newest.id());
        }
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(text), UTF_8).split(" ", 3);
            if (parts.length == 3 && parts[0].equals(sort.publicName())) {
                return new SearchCursor(sort, value(sort, parts[1]), parts[2]);
            }
        } catch (IllegalArgumentException e) {
            // as below
        }
        throw new InvalidFieldException(
                "cursor", "is not one that a list with sort=" + sort.publicName() + " gave out");
    }

    private static Object value(SearchSort sort, String text) {
        return switch (sort) {
            case NEWEST, OLDEST, UPDATED -> Long.valueOf(text);
            case TITLE -> new BytesRef(HexFormat.of().parseHex(text));
            case RELEVANCE -> score(Float.intBitsToFloat(Integer.parseInt(text)));
        };
    }

    private static Float score(float score) {
        if (!Float.isFinite(score)) {
            throw new IllegalArgumentException("Not the score of an article: " + score);
        }
        return score;
    }

    /** For the collector: what is equal to it is not behind it, wherever it stands in the index. */
    FieldDoc behind() {
        return new FieldDoc(Integer.MAX_VALUE, Float.NaN, new Object[] {value, new BytesRef(id)});
    }

    @Override
    public String toString() {
        if (sort == SearchSort.NEWEST) {
            return new ListCursor(Instant.ofEpochMilli((Long) value), id).toString();
        }
        String text = sort.publicName() + " " + written() + " " + id;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }

    private Object written() {
        if (value instanceof BytesRef bytes) {
            return HexFormat.of().formatHex(bytes.bytes, bytes.offset, bytes.offset + bytes.length);
        }
        return value instanceof Float score ? Float.floatToIntBits(score) : value;
    }
}
