package broadsheet.kills;

import broadsheet.story.SiteClient;
import broadsheet.testservers.StaffTokens;
import broadsheet.testservers.process.Killable;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import tools.jackson.databind.JsonNode;

/** Alerts while instances are killed, then a check that every subscriber got every event, each by one id. */
final class KillRun {

    /** What was claimed by an instance that was killed is free after two minutes. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final int NAMED = 20;

    private final Settings settings;
    private final PrintStream out;
    private final Random random;

    KillRun(Settings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
        this.random = new Random(settings.seed());
    }

    /**
     * @param every how long after an event comes the next
     * @param jvm options of each JVM
     * @param folder of data and logs
     */
    record Settings(int kills, long seed, int subscriptions, Duration every, List<String> jvm, Path folder) {}

    /** Returns what is wrong, named. */
    List<String> run() throws Exception {
        out.printf("seed %d, logs in %s%n", settings.seed(), settings.folder());
        try (var receivers = new WebhookReceivers(settings.seed() + 1);
                var processes = new NotificationProcesses(settings.folder(), settings.jvm())) {
            processes.start();
            List<String> subscribers = subscribe(processes, receivers);
            try (var articles = new PublishedArticles(processes.bootstrapServers())) {
                articles.publishKey();
                CompletableFuture<Void> kills = CompletableFuture.runAsync(() -> kill(processes));
                while (!kills.isDone()) {
                    articles.publish();
                    TimeUnit.NANOSECONDS.sleep(settings.every().toNanos());
                }
                kills.join();
                processes.awaitAnswers();
                return check(processes, receivers, subscribers, articles.articles());
            }
        }
    }

    private List<String> subscribe(NotificationProcesses processes, WebhookReceivers receivers) throws Exception {
        List<String> subscribers = IntStream.range(0, settings.subscriptions())
                .mapToObj(number -> "receiver-" + number)
                .toList();
        for (int number = 0; number < subscribers.size(); number++) {
            Map<String, Object> subscription = Map.of(
                    "channel", "webhook",
                    "target", Map.of("url", receivers.url(subscribers.get(number))),
                    "filter", Map.of("categories", List.of(PublishedArticles.CATEGORY)));
            processes.at(number % 2).post("/api/subscriptions", subscription).expect(201);
        }
        return subscribers;
    }

    /** Also one that has not started yet. */
    private void kill(NotificationProcesses processes) {
        long start = System.nanoTime();
        for (int kill = 1; kill <= settings.kills(); kill++) {
            sleep(4_000 + random.nextInt(6_000));
            Killable victim = processes.instance(random.nextInt(2));
            victim.kill();
            out.printf("%6.1f s  kill %d: %s%n", (System.nanoTime() - start) / 1e9, kill, victim.name());
            sleep(random.nextInt(2_000));
            victim.start();
        }
    }

    private List<String> check(
            NotificationProcesses processes,
            WebhookReceivers receivers,
            List<String> subscribers,
            Map<String, String> articles) {
        long begun = System.nanoTime();
        SiteClient operator = processes.at(0).as(StaffTokens.of("olga", "OPERATOR"));
        List<String> wrong = new ArrayList<>();
        try {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofSeconds(2))
                    .until(() -> missing(receivers, subscribers, articles).isEmpty());
        } catch (ConditionTimeoutException e) {
            wrong.addAll(missing(receivers, subscribers, articles));
        }
        out.printf("everything had come %.0f s after the last event%n", (System.nanoTime() - begun) / 1e9);
        try {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofSeconds(5))
                    .ignoreExceptions()
                    .until(() ->
                            unbalanced(operator, subscribers.size(), articles).isEmpty());
        } catch (ConditionTimeoutException e) {
            wrong.add("the ledger does not become: all delivered");
        }
        subscribers.forEach(subscriber -> receivers.receivedBy(subscriber).keySet().stream()
                .filter(id -> !articles.containsKey(id))
                .forEach(id -> wrong.add("%s got %s, which is no event".formatted(subscriber, id))));
        receivers.otherIds().forEach((event, id) -> wrong.add("%s came as %s".formatted(event, id)));
        report(receivers, subscribers, articles, wrong);
        return wrong;
    }

    private static List<String> missing(
            WebhookReceivers receivers, List<String> subscribers, Map<String, String> articles) {
        return subscribers.stream()
                .flatMap(subscriber -> articles.keySet().stream()
                        .filter(event -> !receivers.receivedBy(subscriber).containsKey(event))
                        .map(event -> "%s never got %s".formatted(subscriber, event)))
                .toList();
    }

    private static List<String> unbalanced(SiteClient operator, int subscribers, Map<String, String> articles)
            throws Exception {
        List<String> unbalanced = new ArrayList<>();
        for (String article : articles.values()) {
            JsonNode entry = operator.get("/api/deliveries/ledger?article=" + article)
                    .expect(200)
                    .json()
                    .path("items")
                    .path(0);
            if (!entry.path("balanced").asBoolean()
                    || entry.path("delivered").asInt() != subscribers
                    || entry.path("matched").asInt() != subscribers) {
                unbalanced.add("the ledger says " + entry);
            }
        }
        return unbalanced;
    }

    private void report(
            WebhookReceivers receivers, List<String> subscribers, Map<String, String> articles, List<String> wrong) {
        long messages = subscribers.stream()
                .flatMap(subscriber -> receivers.receivedBy(subscriber).values().stream())
                .mapToLong(Integer::longValue)
                .sum();
        long expected = (long) articles.size() * subscribers.size();
        out.printf(
                "%d kills, %,d events to %d subscribers: %,d deliveries expected, %,d messages received%n",
                settings.kills(), articles.size(), subscribers.size(), expected, messages);
        wrong.stream().limit(NAMED).forEach(one -> out.println("WRONG: " + one));
        out.println(wrong.isEmpty() ? "every subscriber got every event" : wrong.size() + " things are wrong");
    }

    private static void sleep(int millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
