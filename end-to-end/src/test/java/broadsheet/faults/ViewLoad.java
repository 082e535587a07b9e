package broadsheet.faults;

import broadsheet.faults.SentView.Outcome;
import broadsheet.story.UserAgents;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Views at a steady rate, of some articles far more often than of others. Each is of another person with an address of
 * their own; one in twenty opens the article again as soon as they are answered, which is a double click.
 */
final class ViewLoad {

    static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int ONE_IN = 20;
    private static final int ADDRESSES = 1 << 24;

    /** Those of five seconds at the usual rate; with so many unanswered no more are sent. */
    private static final int MAX_WAITING = 2_500;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final List<String> agents = new UserAgents().people(500);
    private final List<SentView> sent = new ArrayList<>();
    private final Map<String, AtomicInteger> refusals = new ConcurrentHashMap<>();
    private final Semaphore mayWait = new Semaphore(MAX_WAITING);
    private int notSent;
    private final URI origin;
    private final SkewedArticles articles;
    private final Random random;
    private final Waits waits;

    ViewLoad(URI origin, List<String> articles, long seed, Waits waits) {
        this.origin = origin;
        this.random = new Random(seed);
        this.articles = new SkewedArticles(articles, random);
        this.waits = waits;
    }

    /** Sends them for so long, and returns once each is answered or given up. */
    void run(int aSecond, Duration time) {
        long start = System.nanoTime();
        for (long due = 0; due < time.toNanos(); due += 1_000_000_000L / aSecond) {
            while (System.nanoTime() - start < due) {
                LockSupport.parkNanos(due - (System.nanoTime() - start));
            }
            String article = articles.next();
            boolean again = random.nextInt(ONE_IN) == 0;
            if (mayWait.tryAcquire()) {
                send(next(article, -1), again);
            } else {
                notSent++;
            }
        }
        mayWait.acquireUninterruptibly(MAX_WAITING);
    }

    synchronized List<SentView> sent() {
        return List.copyOf(sent);
    }

    /** Views that were due while too many waited for an answer. */
    int notSent() {
        return notSent;
    }

    /** How often each status, or each kind of failure to connect, was the answer. */
    Map<String, AtomicInteger> refusals() {
        return refusals;
    }

    private synchronized SentView next(String article, int visitor) {
        int number = sent.size();
        SentView view = new SentView(number, article, visitor < 0 ? number : visitor);
        sent.add(view);
        return view;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // its end is recorded
    private void send(SentView view, boolean again) {
        HttpRequest request = HttpRequest.newBuilder(origin.resolve(
                        "/api/articles/%s/views?referrer=https://%s/".formatted(view.articleId(), view.referrerHost())))
                .timeout(PATIENCE)
                .header("User-Agent", agents.get(view.visitor() % agents.size()))
                .header("X-Forwarded-For", address(view.visitor()))
                .header("Sec-Fetch-Site", "same-origin")
                .header("Sec-Fetch-Mode", "cors")
                .header("Sec-Fetch-Dest", "empty")
                .POST(BodyPublishers.noBody())
                .build();
        long start = System.nanoTime();
        http.sendAsync(request, BodyHandlers.ofString()).whenComplete((answer, failure) -> {
            record(view, answer, failure, start);
            if (again && view.outcome() == Outcome.ACKNOWLEDGED) {
                send(next(view.articleId(), view.visitor()), false);
            } else {
                mayWait.release();
            }
        });
    }

    private void record(SentView view, @Nullable HttpResponse<String> answer, @Nullable Throwable failure, long start) {
        Throwable cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
        if (answer != null && answer.statusCode() == 202) {
            view.acknowledged(JSON.readTree(answer.body()).path("eventId").asString(""));
        } else if (answer != null) {
            refused(view, Integer.toString(answer.statusCode()));
        } else if (cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException) {
            refused(view, cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage());
            return; // nobody was there to wait for
        } else {
            view.ended(Outcome.UNKNOWN);
            if (!(cause instanceof HttpTimeoutException)) {
                return; // its server was killed
            }
        }
        waits.answered(Waits.Kind.VIEW, start, answer == null ? "none in time" : Integer.toString(answer.statusCode()));
    }

    private void refused(SentView view, String how) {
        refusals.computeIfAbsent(how, first -> new AtomicInteger()).incrementAndGet();
        view.ended(Outcome.REFUSED);
    }

    /** Of visitors that follow each other in networks far apart. */
    private static String address(int visitor) {
        int mixed = visitor * 0x9E3779B1 & ADDRESSES - 1;
        return "%d.%d.%d.%d".formatted(20 + visitor % 50, mixed >> 16, mixed >> 8 & 255, mixed & 255);
    }
}
