package broadsheet.article.imports.format;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads a file's items in their order, no more than one of them in memory; for one thread at a time, which may wait. */
public interface ItemReader extends AutoCloseable {

    /**
     * The next item; null after the last one.
     *
     * @throws UnreadableFileException where nothing after this can be read
     */
    @Nullable ImportItem next() throws IOException;

    @Override
    void close() throws IOException;
}
