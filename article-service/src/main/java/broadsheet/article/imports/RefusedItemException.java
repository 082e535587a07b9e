package broadsheet.article.imports;

/** An item that cannot be an article here; the message says why, as in "line 7 has no title". */
final class RefusedItemException extends RuntimeException {

    private static final long serialVersionUID = 1;

    RefusedItemException(String why) {
        super(why, null, false, false);
    }
}
