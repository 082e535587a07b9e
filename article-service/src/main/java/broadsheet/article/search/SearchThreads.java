package broadsheet.article.search;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * The threads that search, since they wait for the disk. Nobody interrupts them, as Reactor does with those of a client
 * that leaves: it would close the index's files.
 */
@Component
class SearchThreads implements DisposableBean {

    private final AtomicInteger number = new AtomicInteger();
    private final Duration timeLimit;
    private final ThreadPoolExecutor executor;

    SearchThreads(SearchProperties properties) {
        this.timeLimit = properties.timeLimit();
        this.executor = new ThreadPoolExecutor(
                properties.threads(),
                properties.threads(),
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(properties.waiting()),
                this::thread);
    }

    private Thread thread(Runnable task) {
        var thread = new Thread(task, "search-" + number.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    /** Fails with a 503 where too many wait, or it takes too long. */
    <T> Mono<T> search(Supplier<T> search) {
        return Mono.fromFuture(() -> CompletableFuture.supplyAsync(search, executor), true)
                .timeout(timeLimit)
                .onErrorMap(
                        e -> e instanceof TimeoutException || e instanceof RejectedExecutionException,
                        e -> new SearchUnavailable("Too much is searched for at this time; try again in a moment"));
    }

    @Override
    public void destroy() {
        executor.shutdown();
    }
}
