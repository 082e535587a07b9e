package broadsheet.article.imports;

/**
 * What is to be said of an item.
 *
 * @param number of the article in its file, from 0
 * @param why it was refused, or what of it could not be kept as it was
 */
record ImportFinding(long number, Kind kind, String item, String why) {

    enum Kind {
        REFUSED,
        NOTE
    }

    private static final int LONGEST = 1_000;

    /** A file can have anything in it, at any length. */
    ImportFinding {
        item = cut(item);
        why = cut(why);
    }

    private static String cut(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }

    static ImportFinding refused(long number, String item, String why) {
        return new ImportFinding(number, Kind.REFUSED, item, why);
    }

    static ImportFinding note(long number, String item, String what) {
        return new ImportFinding(number, Kind.NOTE, item, what);
    }
}
