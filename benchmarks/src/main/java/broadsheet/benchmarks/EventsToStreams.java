package broadsheet.benchmarks;

import broadsheet.events.ArticlePublished;
import broadsheet.events.ArticleSnapshot;
import broadsheet.events.Envelope;
import broadsheet.events.EventCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Publishes events to many streams, of notification-service and then of another server, and prints how long they take and
 * what a stream and a delivery cost.
 */
final class EventsToStreams {

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration SETTLING = Duration.ofSeconds(5);
    private static final Duration IDLING = Duration.ofSeconds(15);

    private final int streams;
    private final int warmEvents;
    private final int measuredEvents;

    private static final String ARTICLE = "01a20cd9-197e-7f4f-86aa-aea61fd1e955";

    private EventsToStreams(int streams, int warmEvents, int measuredEvents) {
        this.streams = streams;
        this.warmEvents = warmEvents;
        this.measuredEvents = measuredEvents;
    }

    /**
     * Arguments: how many streams, how many events to warm up and to measure; Kafka's address, the stream of
     * notification-service and its process; the stream of the other server, where to publish to it, and its processes.
     */
    public static void main(String[] arguments) throws Exception {
        var measured = new EventsToStreams(
                Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", arguments[3], "linger.ms", 0),
                new StringSerializer(),
                new ByteArraySerializer())) {
            measured.measure(
                    "Broadsheet",
                    URI.create(arguments[4]),
                    ServerProcesses.of(arguments[5]),
                    () -> producer.send(EventCodec.encode(PublishedArticle.event(ARTICLE))
                                    .toRecord())
                            .get(10, TimeUnit.SECONDS));
        }
        HttpClient http = HttpClient.newHttpClient();
        if (arguments.length > 6) {
            measured.measure(
                    "Nchan",
                    URI.create(arguments[6]),
                    ServerProcesses.of(arguments[8]),
                    () -> http.send(
                            HttpRequest.newBuilder(URI.create(arguments[7]))
                                    .header("X-EventSource-Event", "article.published")
                                    .POST(BodyPublishers.ofString(json(PublishedArticle.event(ARTICLE))))
                                    .build(),
                            BodyHandlers.discarding()));
        }
        System.exit(0);
    }

    /** Publishes an event of now. */
    private interface Publisher {
        void publish() throws Exception;
    }

    private void measure(String name, URI stream, ServerProcesses server, Publisher publisher) throws Exception {
        long without = server.memory();
        var load = new OpenStreams(stream, streams);
        Thread reading = new Thread(() -> run(load), "streams");
        reading.start();
        while (!load.isComplete() && reading.isAlive()) {
            pause(PAUSE);
        }
        pause(SETTLING);
        long idleMemory = server.memory() - without;
        Duration idle = server.cpu();
        pause(IDLING);
        idle = server.cpu().minus(idle);
        publish(publisher, warmEvents, load, 0);
        Duration before = server.cpu();
        long started = System.nanoTime();
        publish(publisher, measuredEvents, load, warmEvents);
        long nanos = System.nanoTime() - started;
        Duration busy = server.cpu().minus(before);
        long memory = server.memory() - without;
        load.close();
        reading.join();

        double quiet = idle.toNanos() * (double) nanos / IDLING.toNanos();
        var slowestFirst = load.events().stream()
                .skip(warmEvents)
                .sorted(Comparator.comparingLong((OpenStreams.Arrivals event) -> event.millis(0.99))
                        .reversed())
                .toList();
        System.out.printf("%s, %d streams, %d ended%n", name, streams, load.ended());
        System.out.printf("  the median %s%n", slowestFirst.get(slowestFirst.size() / 2));
        System.out.printf("  the slowest %s%n", slowestFirst.get(0));
        System.out.printf(
                "  CPU a delivery %.1f us; of the idle streams %.1f %% of a processor%n",
                (busy.toNanos() - quiet) / 1_000 / measuredEvents / streams, 100.0 * idle.toNanos() / IDLING.toNanos());
        System.out.printf(
                "  memory for the streams: idle %d MiB, %.1f KiB each; after the events %d MiB%n",
                idleMemory >> 20, idleMemory / 1024.0 / streams, memory >> 20);
    }

    private void publish(Publisher publisher, int events, OpenStreams load, int before) throws Exception {
        for (int event = 1; event <= events; event++) {
            long due = System.nanoTime() + PAUSE.toNanos();
            publisher.publish();
            while (System.nanoTime() < due || !arrived(load, before + event)) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
        }
    }

    private boolean arrived(OpenStreams load, int events) {
        List<OpenStreams.Arrivals> arrived = load.events();
        return arrived.size() >= events && arrived.get(events - 1).streams() >= streams - load.ended();
    }

    private static void run(OpenStreams load) {
        try {
            load.run(Duration.ofHours(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void pause(Duration time) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(time.toNanos());
    }

    /** About the bytes that notification-service sends. */
    private static String json(Envelope<ArticlePublished> event) {
        ArticleSnapshot article = event.event().article();
        return """
                {"id":"%s","type":"article.published","time":"%s","article":{"id":"%s","slug":"%s","url":"%s","title":"%s",\
                "subtitle":"%s","summary":"%s","category":{"slug":"%s","name":"%s"},"tags":["exchange","visit"],\
                "authors":["Ada Lovelace"],"publishedAt":"%s","version":3}}""".formatted(
                        event.id(),
                        event.time(),
                        article.id(),
                        article.slug(),
                        article.url(),
                        article.title(),
                        article.subtitle(),
                        article.summary(),
                        article.category().slug(),
                        article.category().name(),
                        event.time());
    }
}
