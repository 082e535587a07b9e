package broadsheet.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/** A client of server-sent events that keeps everything it is sent. Closing it hangs up. */
final class EventStream implements AutoCloseable {

    /** Longer than the heartbeat: a stream that is silent for this long is not open. */
    private static final Duration OPENING = Duration.ofSeconds(60);

    private final InputStream body;
    private final List<Event> seen = new ArrayList<>();
    private String lastId = "";
    private boolean greeted;

    private EventStream(InputStream body) {
        this.body = body;
    }

    /** One event; {@code at} is the {@link System#nanoTime} at which its last line came. */
    record Event(String id, String type, String data, long at) {

        boolean reports(String wanted, String articleId) {
            return type.equals(wanted) && data.contains(articleId);
        }
    }

    /** Connects, and returns when the first bytes are there, so that nothing from now on is missed. */
    static EventStream open(HttpClient client, HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<InputStream> response;
        try {
            response = client.sendAsync(request, BodyHandlers.ofInputStream())
                    .get(OPENING.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("no event stream at " + request.uri(), e);
        }
        assertThat(response.statusCode()).as("the status of " + request.uri()).isEqualTo(200);
        EventStream stream = new EventStream(response.body());
        Thread reader = new Thread(stream::read, "event-stream");
        reader.setDaemon(true);
        reader.start();
        stream.awaitFirstBytes();
        return stream;
    }

    /** Waits for an event that has come or comes; throws when the time is over. */
    synchronized Event await(String what, Predicate<Event> wanted, Duration bound) throws InterruptedException {
        long end = System.nanoTime() + bound.toNanos();
        while (true) {
            for (Event event : seen) {
                if (wanted.test(event)) {
                    return event;
                }
            }
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                throw new AssertionError("No " + what + " within " + bound.toMillis() + " ms, but " + seen);
            }
            wait(left);
        }
    }

    synchronized List<Event> seen() {
        return List.copyOf(seen);
    }

    /** The id to resume from; empty before the first. */
    synchronized String lastId() {
        return lastId;
    }

    @Override
    public void close() throws IOException {
        body.close();
    }

    private synchronized void awaitFirstBytes() throws InterruptedException {
        long end = System.nanoTime() + OPENING.toNanos();
        while (!greeted) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            assertThat(left).as("time left for a first event or comment").isPositive();
            wait(left);
        }
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            String id = "";
            String type = "";
            StringBuilder data = new StringBuilder();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String value = line.substring(line.indexOf(':') + 1).replaceFirst("^ ", "");
                if (line.startsWith("id:")) {
                    id = value;
                } else if (line.startsWith("event:")) {
                    type = value;
                } else if (line.startsWith("data:")) {
                    data.append(value).append('\n');
                } else if (line.isEmpty()) {
                    keep(new Event(id, type, data.toString().strip(), System.nanoTime()));
                    type = "";
                    data.setLength(0);
                } else {
                    greet();
                }
            }
        } catch (IOException e) {
            // hung up, by us or by the site: what was not seen is missed by whoever awaits it
        }
    }

    private synchronized void keep(Event event) {
        lastId = event.id();
        greeted = true;
        if (!event.data().isEmpty()) {
            seen.add(event);
        }
        notifyAll();
    }

    private synchronized void greet() {
        greeted = true;
        notifyAll();
    }
}
