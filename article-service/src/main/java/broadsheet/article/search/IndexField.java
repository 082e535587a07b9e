package broadsheet.article.search;

/** The names of the index's fields. */
final class IndexField {

    static final String ID = "id";
    static final String VERSION = "version";

    static final String PUBLIC_VERSION = "publicVersion";
    /** What of an article a list is narrowed by. */
    static final String PUBLIC = "public";

    static final String STATUS = "status";
    static final String CATEGORY = "category";
    static final String TAG = "tag";
    static final String AUTHOR = "author";
    /** What it is sorted by. */
    static final String LISTED = "listed";

    static final String UPDATED = "updated";
    static final String UPDATED_FOR_READERS = "updatedForReaders";
    static final String TITLE_ORDER = "titleOrder";
    /** What words are searched in; {@link #PROPOSED} is for staff alone. */
    static final String TITLE = "title";

    static final String INTRODUCTION = "introduction";
    static final String BODY = "body";
    static final String PROPOSED = "proposed";

    private IndexField() {}
}
