package broadsheet.article.imports;

/**
 * How many articles became what.
 *
 * @param unchanged those that were imported before, as they are
 * @param noted those of which something could not be kept as it was
 */
record ImportCounts(long created, long updated, long unchanged, long refused, long noted) {

    static final ImportCounts NONE = new ImportCounts(0, 0, 0, 0, 0);

    long done() {
        return created + updated + unchanged + refused;
    }

    ImportCounts plus(ImportCounts more) {
        return new ImportCounts(
                created + more.created,
                updated + more.updated,
                unchanged + more.unchanged,
                refused + more.refused,
                noted + more.noted);
    }
}
