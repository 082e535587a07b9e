package broadsheet.faults;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Readers of articles, of the home page and of hits, a few a second, whose longest waits are kept. */
final class ReadingLoad implements AutoCloseable {

    private static final int EVERY_MILLIS = 100;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(ViewLoad.PATIENCE)
            .build();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Processes processes;
    private final SkewedArticles articles;
    private final Random random;
    private final Waits waits;

    ReadingLoad(Processes processes, List<String> articles, long seed, Waits waits) {
        this.processes = processes;
        this.random = new Random(seed);
        this.articles = new SkewedArticles(articles, random);
        this.waits = waits;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // until it is closed
    void start() {
        timer.scheduleAtFixedRate(this::readAll, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void readAll() {
        read(
                Waits.Kind.ARTICLE,
                processes.articleService().resolve("/api/articles/" + articles.next() + "?view=false"));
        read(Waits.Kind.HOME, processes.articleService().resolve("/"));
        read(
                Waits.Kind.HITS,
                processes.statsService(random.nextInt(2)).resolve("/api/stats/hits?ids=" + articles.next()));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // it fails with its server
    private void read(Waits.Kind kind, URI address) {
        HttpRequest request =
                HttpRequest.newBuilder(address).timeout(ViewLoad.PATIENCE).build();
        long start = System.nanoTime();
        http.sendAsync(request, BodyHandlers.discarding()).whenComplete((answer, failure) -> {
            Throwable cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
            if (cause == null || cause instanceof HttpTimeoutException) {
                waits.answered(kind, start, answer == null ? "none in time" : Integer.toString(answer.statusCode()));
            }
        });
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
