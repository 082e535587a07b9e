package broadsheet.article.search;

import broadsheet.web.problem.InvalidFieldException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.jspecify.annotations.Nullable;

/** The orders that lists can have; articles that are equal in it stand by their ids. */
public enum SearchSort {
    NEWEST(new SortField(IndexField.LISTED, SortField.Type.LONG, true), true),
    OLDEST(new SortField(IndexField.LISTED, SortField.Type.LONG), false),
    UPDATED(new SortField(IndexField.UPDATED, SortField.Type.LONG, true), true),
    TITLE(new SortField(IndexField.TITLE_ORDER, SortField.Type.STRING), false),
    RELEVANCE(SortField.FIELD_SCORE, true);

    @SuppressWarnings("ImmutableEnumChecker") // it is set up once
    private final SortField first;

    private final boolean latestIdFirst;

    SearchSort(SortField first, boolean latestIdFirst) {
        this.first = first;
        this.latestIdFirst = latestIdFirst;
    }

    /**
     * The order of that name; where none is named, by relevance what was searched for, else the newest first.
     *
     * @throws InvalidFieldException for a name that is none of them, and for relevance to nothing
     */
    public static SearchSort of(@Nullable String name, @Nullable String q) {
        if (name == null) {
            return q == null ? NEWEST : RELEVANCE;
        }
        SearchSort sort = named(name);
        if (sort == RELEVANCE && q == null) {
            throw new InvalidFieldException("sort", "can be relevance only with q");
        }
        return sort;
    }

    private static SearchSort named(String name) {
        return Arrays.stream(values())
                .filter(sort -> sort.publicName().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidFieldException(
                        "sort", "must be one of newest, oldest, updated, title and relevance"));
    }

    /** Behind an article that was listed then: for the newest or the oldest first. */
    public String cursor(Instant listed, String id) {
        return new SearchCursor(this, listed.toEpochMilli(), id).toString();
    }

    String publicName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** To readers only a publication or a correction is a change. */
    Sort sort(boolean forStaff) {
        SortField field = this == UPDATED && !forStaff
                ? new SortField(IndexField.UPDATED_FOR_READERS, SortField.Type.LONG, true)
                : first;
        return new Sort(field, new SortField(IndexField.ID, SortField.Type.STRING, latestIdFirst));
    }
}
