package broadsheet.article.imports.picture;

/** A picture that cannot be taken in; the message says why, as in "its host is unknown". */
class NoPictureException extends RuntimeException {

    private static final long serialVersionUID = 1;

    NoPictureException(String why) {
        super(why, null, false, false);
    }

    /** Its host gave no answer, and would keep others waiting too. */
    static final class NoAnswer extends NoPictureException {

        private static final long serialVersionUID = 1;

        NoAnswer(String why) {
            super(why);
        }
    }
}
