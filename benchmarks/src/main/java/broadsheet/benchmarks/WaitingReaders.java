package broadsheet.benchmarks;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Many readers that ask again a second after they are answered, and what they got: statuses and waiting times, of addresses
 * that were read before and of some that were not. Needs no class path:
 * {@code java WaitingReaders.java ORIGIN READERS SECONDS PATH…}
 */
final class WaitingReaders {

    private static final Duration MAX_WAIT = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<String, List<Long>> waits = new ConcurrentHashMap<>();
    private final AtomicInteger unread = new AtomicInteger();
    private final String origin;
    private final List<String> read;

    private WaitingReaders(String origin, List<String> read) {
        this.origin = origin;
        this.read = read;
    }

    public static void main(String[] arguments) throws InterruptedException {
        var readers = new WaitingReaders(arguments[0], List.of(arguments).subList(3, arguments.length));
        readers.run(Integer.parseInt(arguments[1]), Duration.ofSeconds(Long.parseLong(arguments[2])));
    }

    private void run(int readers, Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        ExecutorService threads = Executors.newFixedThreadPool(readers);
        for (int reader = 0; reader < readers; reader++) {
            int number = reader;
            threads.execute(() -> {
                while (System.nanoTime() < end) {
                    ask(number);
                    LockSupport.parkNanos(PAUSE.toNanos());
                }
            });
        }
        threads.shutdown();
        if (!threads.awaitTermination(time.plus(MAX_WAIT).toSeconds(), TimeUnit.SECONDS)) {
            System.out.println("some readers still wait");
        }
        new TreeMap<>(waits).forEach((what, times) -> {
            var sorted = new ArrayList<>(times);
            Collections.sort(sorted);
            System.out.printf(
                    "%-40s %7d times, half of them within %d ms, the longest %d ms%n",
                    what, sorted.size(), sorted.get(sorted.size() / 2), sorted.get(sorted.size() - 1));
        });
        System.exit(0);
    }

    /** Every other reader asks for what was read before, the others for what nobody has read. */
    private void ask(int reader) {
        boolean before = reader % 2 == 0;
        String path =
                before ? read.get(reader / 2 % read.size()) : "/api/articles?tag=unread-" + unread.incrementAndGet();
        var request = HttpRequest.newBuilder(URI.create(origin + path))
                .timeout(MAX_WAIT)
                .build();
        long asked = System.nanoTime();
        String outcome;
        try {
            int status =
                    http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            outcome = String.valueOf(status);
        } catch (Exception e) {
            outcome = e.getClass().getSimpleName();
        }
        waits.computeIfAbsent(
                        (before ? "read before: " : "not read before: ") + outcome,
                        any -> Collections.synchronizedList(new ArrayList<>()))
                .add((System.nanoTime() - asked) / 1_000_000);
    }
}
