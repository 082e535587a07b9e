package broadsheet.article.search;

import broadsheet.article.search.IndexChanges.Change;
import broadsheet.article.store.PublicArticles;
import broadsheet.article.store.StoredArticles;
import broadsheet.article.workflow.Article;
import broadsheet.kafka.OutageLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.lucene.store.AlreadyClosedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;

/**
 * Keeps the index up with the store, in a thread of its own: reads the whole store once, and then each article that
 * {@code news.articles} tells of. While the store is away it waits; where the index fails it makes another one.
 */
@Component
class IndexUpdater implements SmartLifecycle {

    private static final int AT_ONCE = 100;
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
    private static final int READ_AHEAD = 10;
    private static final long SECONDS_TO_STOP = 20;

    private final CurrentIndex current;
    private final IndexChanges changes;
    private final StoredArticles articles;
    private final PublicArticles published;
    private final SearchAnalyzer analyzer;
    private final Duration commitEvery;
    private final InstantSource clock;
    private final OutageLog outage = new OutageLog(LoggerFactory.getLogger(IndexUpdater.class), InstantSource.system());
    private volatile @Nullable Thread thread;
    private List<Change> batch = List.of();
    private boolean uncommitted;
    private Instant nextCommit = Instant.EPOCH;

    IndexUpdater(
            CurrentIndex current,
            IndexChanges changes,
            StoredArticles articles,
            PublicArticles published,
            SearchAnalyzer analyzer,
            SearchProperties properties,
            InstantSource clock) {
        this.current = current;
        this.changes = changes;
        this.articles = articles;
        this.published = published;
        this.analyzer = analyzer;
        this.commitEvery = properties.commitEvery();
        this.clock = clock;
    }

    @Override
    public synchronized void start() {
        try {
            open();
        } catch (IOException | RuntimeException e) {
            outage.failed("The search index cannot be opened and is tried again: {}", e.toString());
        }
        var started = new Thread(this::run, "search-index");
        started.setDaemon(true);
        thread = started;
        started.start();
    }

    private void open() throws IOException {
        SearchIndex index = current.open();
        IndexProgress committed = index.committed();
        if (committed == null) {
            index.removeAll(); // of another release
        }
        changes.goOnFrom(committed);
    }

    private void run() {
        analyzer.readDictionary();
        while (thread == Thread.currentThread()) {
            try {
                if (!current.isOpen()) {
                    open();
                }
                step(current.get());
                outage.recovered("The search index is kept up again");
            } catch (IOException | UncheckedIOException | AlreadyClosedException e) {
                current.failed(e);
                pause();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                outage.failed("The search index cannot be kept up and is tried again: {}", e.toString());
                pause();
            }
        }
    }

    /** Not by an interrupt, which would close the index's files. */
    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_AFTER_FAILURE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void step(SearchIndex index) throws IOException, InterruptedException {
        boolean scanned = changes.progress().scanned();
        if (batch.isEmpty()) { // or it failed and is tried again
            batch = changes.next(AT_ONCE, scanned ? PAUSE : Duration.ZERO);
        }
        boolean changed = !batch.isEmpty() || !scanned;
        takeChanges(index);
        if (!scanned) {
            scan(index);
        }
        if (changed) {
            index.refresh();
            published.searchesChanged();
        }
        commitNowAndThen(index, changed);
    }

    private void takeChanges(SearchIndex index) throws IOException {
        Set<String> ids = batch.stream().map(Change::articleId).collect(Collectors.toSet());
        if (!ids.isEmpty()) {
            var missing = new HashSet<>(ids);
            for (Article article : read(articles.ofIds(ids))) {
                index.put(article);
                missing.remove(article.id());
            }
            for (String id : missing) {
                index.remove(id);
            }
            changes.indexed(batch);
            batch = List.of();
        }
    }

    private void scan(SearchIndex index) {
        String last = null;
        for (Article article : read(articles.after(changes.progress().scannedTo(), AT_ONCE))) {
            index.put(article);
            last = article.id();
        }
        if (last == null) {
            changes.wholeStoreScanned();
        } else {
            changes.scannedTo(last);
        }
    }

    /** A few at a time, since a body can be a million characters. */
    private static Iterable<Article> read(Flux<Article> articles) {
        return articles.toIterable(READ_AHEAD);
    }

    private void commitNowAndThen(SearchIndex index, boolean changed) throws IOException {
        uncommitted |= changed;
        if (uncommitted && !clock.instant().isBefore(nextCommit)) {
            index.commit(changes.progress());
            uncommitted = false;
            nextCommit = clock.instant().plus(commitEvery);
        }
    }

    @Override
    public synchronized void stop() {
        Thread running = thread;
        thread = null;
        if (running == null) {
            return;
        }
        try {
            running.join(TimeUnit.SECONDS.toMillis(SECONDS_TO_STOP));
            if (current.isOpen() && uncommitted) {
                current.get().commit(changes.progress());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            outage.failed("What was indexed last will be read again at the next start: {}", e.toString());
        }
        current.close();
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    /** Before the reader of the topic starts, and after it has ended. */
    @Override
    public int getPhase() {
        return 0;
    }
}
