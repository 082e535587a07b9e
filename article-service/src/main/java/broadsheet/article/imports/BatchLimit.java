package broadsheet.article.imports;

import broadsheet.article.content.Body;
import java.util.function.Predicate;

/** Ends a batch where it has enough articles, or enough text for the memory and for one write. */
final class BatchLimit implements Predicate<NumberedItem> {

    private static final long MOST_CHARACTERS = 2_000_000;

    private final int most;
    private int items;
    private long characters;

    BatchLimit(int most) {
        this.most = most;
    }

    @Override
    public boolean test(NumberedItem item) {
        items++;
        if (item.ready() != null) {
            Body body = item.ready().body();
            characters += body.text().length() + body.html().length();
        }
        boolean isFull = items >= most || characters >= MOST_CHARACTERS;
        if (isFull) {
            items = 0;
            characters = 0;
        }
        return isFull;
    }
}
