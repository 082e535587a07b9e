package broadsheet.article.imports;

import broadsheet.article.imports.format.ImportItem;
import broadsheet.article.imports.format.ItemReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Numbers the articles of a file as they are read. */
final class NumberedItems implements AutoCloseable {

    private final ItemReader reader;
    private long articles;

    NumberedItems(ItemReader reader) {
        this.reader = reader;
    }

    @Nullable NumberedItem next() throws IOException {
        ImportItem item = reader.next();
        if (item == null) {
            return null;
        }
        return new NumberedItem(item instanceof ImportItem.ReadCategory ? articles : articles++, item, null);
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
