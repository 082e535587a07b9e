package broadsheet.faults;

import broadsheet.faults.SentView.Outcome;
import broadsheet.story.SiteClient;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Views while faults happen, then a check that each was counted once, and a table of what was seen. */
final class FaultRun {

    private static final Duration DRAINED = Duration.ofMinutes(2);
    private static final Duration QUIET = Duration.ofSeconds(3);

    private final Settings settings;
    private final PrintStream out;
    private final Map<String, Object> table = new LinkedHashMap<>();

    FaultRun(Settings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    /**
     * @param longestWait that a request may take while a server is paused
     * @param jvm options of each JVM
     * @param folder of data and logs
     */
    record Settings(
            Duration time,
            long seed,
            int articles,
            int viewsASecond,
            Duration longestWait,
            List<String> jvm,
            boolean containers,
            Path folder) {}

    /** Returns what differs, named; empty where each view was counted once. */
    List<String> run() throws Exception {
        out.printf("seed %d, logs in %s%n", settings.seed(), settings.folder());
        Instant since = Instant.now().truncatedTo(ChronoUnit.HOURS);
        try (Processes processes = new Processes(settings.folder(), settings.jvm(), settings.containers())) {
            processes.start();
            SiteClient site = SiteClient.at(processes.articleService());
            List<String> articles = Newsroom.at(site, Processes.PASSWORD).publish(settings.articles());
            out.printf("%d articles are published%n", articles.size());
            Waits waits = new Waits();
            List<SentView> sent = sendWhileFaultsHappen(processes, articles, waits);
            SiteClient operator = Newsroom.adminAt(SiteClient.at(processes.statsService(0)), site, Processes.PASSWORD);
            CountCheck check = new CountCheck(articles, site, operator);
            try (ViewsLog log = new ViewsLog(processes.bootstrapServers())) {
                check(check, since, sent, log);
            }
            expectShortWaits(check, waits);
            print(check.differences());
            return check.differences();
        }
    }

    private List<SentView> sendWhileFaultsHappen(Processes processes, List<String> articles, Waits waits) {
        FaultInjector faults = new FaultInjector(processes, waits, out);
        ViewLoad views = new ViewLoad(processes.articleService(), articles, settings.seed() + 2, waits);
        try (ReadingLoad readers = new ReadingLoad(processes, articles, settings.seed() + 3, waits)) {
            readers.start();
            CompletableFuture<Void> happen = faults.run(settings.seed(), settings.time());
            views.run(settings.viewsASecond(), settings.time());
            happen.join();
        }
        table.put("seed", settings.seed());
        table.put("time", settings.time().toSeconds() + " s");
        table.put("faults", faults.happened());
        table.put("processes that ended by themselves", faults.restarts());
        table.put("refused, by answer", views.refusals());
        table.put("views not sent, too many waited", views.notSent());
        return views.sent();
    }

    private void check(CountCheck check, Instant since, List<SentView> sent, ViewsLog log) throws Exception {
        awaitAll(sent, log);
        ExpectedViews expected = ExpectedViews.of(sent, log);
        check.add(expected.wrong());
        table.put("views sent", sent.size());
        for (Outcome outcome : Outcome.values()) {
            table.put(
                    "views " + outcome,
                    sent.stream().filter(view -> view.outcome() == outcome).count());
        }
        table.put("events in the log", expected.events());
        table.put("duplicates in the log", log.records() - expected.events());
        table.put("hits, must be", expected.allHits());
        table.put("hits, by stats-service", check.expectHits(expected));
        table.put("ledger", check.expectLedger(since, expected, log.records()));
        table.put("reconciler", check.reconcile());
    }

    /** Until the log holds all that was acknowledged, and no more comes out of the spool. */
    private static void awaitAll(List<SentView> sent, ViewsLog log) {
        try {
            Awaitility.await().atMost(DRAINED).pollInterval(QUIET).until(() -> {
                long more = log.readOn();
                return more == 0
                        && sent.stream()
                                .noneMatch(view -> view.outcome() == Outcome.ACKNOWLEDGED
                                        && log.of(view).isEmpty());
            });
        } catch (ConditionTimeoutException e) {
            // what is missing is named as a difference
        }
    }

    private void expectShortWaits(CountCheck check, Waits waits) {
        for (Waits.Kind kind : Waits.Kind.values()) {
            Waits.Wait inPauses = waits.longestInPauses(kind);
            table.put("longest wait for " + kind.title(), waits.longest(kind));
            table.put("while a server was paused, for " + kind.title(), inPauses);
            if (inPauses.lasted().compareTo(settings.longestWait()) > 0) {
                check.differences().add("%s waited while a server was paused: %s".formatted(kind.title(), inPauses));
            }
        }
    }

    private void print(List<String> differences) {
        table.forEach((what, value) -> out.printf("| %-48s | %s |%n", what, value));
        differences.forEach(difference -> out.println("DIFFERENCE: " + difference));
        out.println(differences.isEmpty() ? "each view was counted once" : "there are differences");
    }
}
