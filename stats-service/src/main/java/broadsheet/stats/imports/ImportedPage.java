package broadsheet.stats.imports;

/**
 * The views of a page that a line of an import tells.
 *
 * @param page an address, a path, a slug or an article's id
 */
record ImportedPage(String page, long views) {

    static final long MAX_VIEWS = 1_000_000_000_000L;
    static final int MAX_PAGE = 2_000;

    ImportedPage {
        if (page.isBlank() || page.length() > MAX_PAGE) {
            throw new IllegalArgumentException("the page must have 1 to " + MAX_PAGE + " characters");
        }
        if (views < 0 || views > MAX_VIEWS) {
            throw new IllegalArgumentException("views must be between 0 and " + MAX_VIEWS);
        }
    }

    /** @throws IllegalArgumentException where it is no whole number */
    static long views(String text) {
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("views must be a whole number", e);
        }
    }
}
