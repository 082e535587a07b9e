package broadsheet.article.search;

import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The index that this instance has open, or none: before its start, after its end, and where its disk fails. */
@Component
class CurrentIndex {

    private static final Logger log = LoggerFactory.getLogger(CurrentIndex.class);

    private final SearchFolder folder;
    private volatile @Nullable SearchIndex open;
    private volatile boolean damaged;

    CurrentIndex(SearchProperties properties, SearchAnalyzer analyzer) {
        this.folder = new SearchFolder(properties.folder(), analyzer);
    }

    /** @throws SearchUnavailable where there is none */
    SearchIndex get() {
        SearchIndex now = open;
        if (now == null) {
            throw new SearchUnavailable();
        }
        return now;
    }

    boolean isOpen() {
        return open != null && !damaged;
    }

    /** Opens the index, or anew the one that failed. */
    synchronized SearchIndex open() throws IOException {
        close();
        if (damaged) {
            folder.removeLast();
        }
        SearchIndex opened = folder.open();
        open = opened;
        damaged = false;
        return opened;
    }

    /** Has the index made anew: something in it, or its disk, failed. */
    void failed(Throwable why) {
        log.warn("The search index failed and is made anew: {}", why.toString());
        damaged = true;
    }

    synchronized void close() {
        SearchIndex before = open;
        open = null;
        if (before != null) {
            try {
                before.close();
            } catch (IOException | RuntimeException e) {
                log.warn("The search index cannot be closed: {}", Objects.toString(e));
            }
        }
    }
}
