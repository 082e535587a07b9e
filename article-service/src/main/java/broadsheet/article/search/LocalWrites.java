package broadsheet.article.search;

import broadsheet.article.store.ArticleWriteListener;
import broadsheet.article.workflow.Article;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Puts what this instance writes into its index at once, so that whoever wrote an article finds it. Where more than 100
 * wait, the others come by their events.
 */
@Component
class LocalWrites implements ArticleWriteListener, DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(LocalWrites.class);
    private static final int MOST_WAITING = 100;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(4);

    private final CurrentIndex current;
    private final ThreadPoolExecutor executor = new ThreadPoolExecutor(
            1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), LocalWrites::thread);
    private volatile CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

    LocalWrites(CurrentIndex current) {
        this.current = current;
    }

    private static Thread thread(Runnable task) {
        var thread = new Thread(task, "search-index-writes");
        thread.setDaemon(true);
        return thread;
    }

    /** One caller at a time, so that the last one is the last of the queue. */
    @Override
    public synchronized void written(Article article) {
        try {
            last = CompletableFuture.runAsync(() -> put(article), executor);
        } catch (RejectedExecutionException e) {
            log.debug("Article {} comes into the search index by its event", article.id());
        }
    }

    private void put(Article article) {
        try {
            if (current.isOpen()) {
                current.get().put(article);
                current.get().refresh();
            }
        } catch (IOException | RuntimeException e) {
            log.warn("Article {} is not in the search index before its event comes: {}", article.id(), e.toString());
        }
    }

    /** Once what was written here before can be found, or after four seconds at most. */
    Mono<Void> found() {
        return Mono.defer(() -> Mono.fromFuture(last, true))
                .timeout(LONGEST_WAIT)
                .onErrorComplete();
    }

    @Override
    public void destroy() {
        executor.shutdown();
    }
}
