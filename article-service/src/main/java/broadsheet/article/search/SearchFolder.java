package broadsheet.article.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.store.LockObtainFailedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the index of this instance, in the first of {@code search-1}, {@code -2}, … that no living process has open. What
 * cannot be read is removed: all of it comes from the store.
 */
final class SearchFolder {

    private static final Logger log = LoggerFactory.getLogger(SearchFolder.class);
    private static final int MOST_INSTANCES = 1_000;

    private final Path prefix;
    private final Analyzer analyzer;
    private @Nullable Path last;

    SearchFolder(Path prefix, Analyzer analyzer) {
        this.prefix = prefix;
        this.analyzer = analyzer;
    }

    SearchIndex open() throws IOException {
        for (int number = 1; number <= MOST_INSTANCES; number++) {
            Path folder = Path.of(prefix + "-" + number);
            Files.createDirectories(folder);
            try {
                SearchIndex index = opened(folder);
                last = folder;
                return index;
            } catch (LockObtainFailedException e) {
                // another instance has it
            }
        }
        throw new IOException("All folders " + prefix + "-1 to -" + MOST_INSTANCES + " are in use");
    }

    /** Removes what was opened last, and has been closed. */
    void removeLast() throws IOException {
        if (last != null) {
            removeFiles(last);
        }
    }

    private SearchIndex opened(Path folder) throws IOException {
        try {
            return SearchIndex.open(folder, analyzer);
        } catch (LockObtainFailedException e) {
            throw e;
        } catch (IOException | IllegalArgumentException e) { // the latter where a codec is unknown
            log.warn("The search index in {} cannot be read and is made anew: {}", folder, e.toString());
            removeFiles(folder);
            return SearchIndex.open(folder, analyzer);
        }
    }

    private static void removeFiles(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }
}
