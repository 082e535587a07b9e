package broadsheet.article.imports.format;

import java.io.IOException;

/** A file that cannot be read, or not beyond some place; the message says why, to whoever sent it. */
public final class UnreadableFileException extends IOException {

    private static final long serialVersionUID = 1;

    UnreadableFileException(String message) {
        super(message);
    }

    UnreadableFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
