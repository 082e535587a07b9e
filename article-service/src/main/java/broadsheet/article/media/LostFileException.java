package broadsheet.article.media;

/** The file of a picture is not where it was written. */
final class LostFileException extends RuntimeException {

    private static final long serialVersionUID = 1;

    LostFileException(String id, String name, Throwable cause) {
        super("The file " + name + " of picture " + id + " is lost", cause);
    }
}
