package broadsheet.notification.stream;

import broadsheet.notification.filter.ArticleFilter;
import broadsheet.notification.stream.Signal.Told;

/** Where one reader is in the sequence: nothing passes twice, and only what the filter lets through. */
final class Cursor {

    private final ArticleFilter filter;
    private Position position;

    Cursor(Position position, ArticleFilter filter) {
        this.position = position;
        this.filter = filter;
    }

    Position position() {
        return position;
    }

    /** Moves behind it; does the reader get it? */
    boolean passes(Told told) {
        if (told.offset() < position.next(told.partition())) {
            return false;
        }
        position = position.upTo(told.position());
        return filter.matches(told.message().article());
    }
}
