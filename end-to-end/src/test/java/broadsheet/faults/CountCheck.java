package broadsheet.faults;

import broadsheet.story.HttpAnswer;
import broadsheet.story.Ledger;
import broadsheet.story.SiteClient;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import tools.jackson.databind.JsonNode;

/** Compares what the services count with what must be counted, and waits for it. */
final class CountCheck {

    private static final Duration BOUND = Duration.ofSeconds(90);

    /** A total that overtook a newer one on {@code news.hits} is sent again after two minutes, by a sweep each minute. */
    private static final Duration ARTICLES_BOUND = Duration.ofMinutes(4);

    private static final int IDS = 100;
    private static final int NAMED = 20;

    private final List<String> articles;
    private final SiteClient articleService;
    private final SiteClient statsService;
    private final List<String> differences = new ArrayList<>();
    private final Map<String, Map<String, Long>> last = new HashMap<>();

    /** @param statsService as an operator */
    CountCheck(List<String> articles, SiteClient articleService, SiteClient statsService) {
        this.articles = articles;
        this.articleService = articleService;
        this.statsService = statsService;
    }

    /** What differs, named; empty where all is right. */
    List<String> differences() {
        return differences;
    }

    void add(Collection<String> wrong) {
        wrong.stream().limit(NAMED).forEach(differences::add);
        if (wrong.size() > NAMED) {
            differences.add("… and %d more such".formatted(wrong.size() - NAMED));
        }
    }

    /** Returns what stats-service counts, all articles together. */
    long expectHits(ExpectedViews expected) {
        compare("stats-service", BOUND, expected, this::hitsByStatistics);
        compare("article-service", ARTICLES_BOUND, expected, this::hitsByArticles);
        return last.getOrDefault("stats-service", Map.of()).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private void compare(String who, Duration bound, ExpectedViews expected, Callable<Map<String, Long>> counts) {
        try {
            Awaitility.await()
                    .atMost(bound)
                    .pollInterval(Duration.ofMillis(500))
                    .ignoreExceptionsMatching(notYet -> true)
                    .until(() -> {
                        last.put(who, counts.call());
                        return expected.hits().equals(last.get(who));
                    });
        } catch (ConditionTimeoutException e) {
            List<String> wrong = new ArrayList<>();
            Map<String, Long> seen = last.getOrDefault(who, Map.of());
            for (String article : articles) {
                long must = expected.hits().getOrDefault(article, 0L);
                long is = seen.getOrDefault(article, 0L);
                if (must != is) {
                    wrong.add("%s says %d hits of %s, must be %d".formatted(who, is, article, must));
                }
            }
            add(wrong);
        }
    }

    private Map<String, Long> hitsByStatistics() throws IOException, InterruptedException {
        Map<String, Long> hits = new HashMap<>();
        for (int from = 0; from < articles.size(); from += IDS) {
            String ids = String.join(",", articles.subList(from, Math.min(articles.size(), from + IDS)));
            for (JsonNode item : statsService
                    .get("/api/stats/hits?ids=" + ids)
                    .expect(200)
                    .json()
                    .path("items")) {
                put(hits, item.path("articleId").asString(""), item.path("hits").asLong());
            }
        }
        return hits;
    }

    private Map<String, Long> hitsByArticles() throws IOException, InterruptedException {
        Map<String, Long> hits = new HashMap<>();
        for (String article : articles) {
            HttpAnswer answer = articleService
                    .get("/api/articles/" + article + "?view=false")
                    .expect(200);
            put(hits, article, answer.json().path("hits").asLong());
        }
        return hits;
    }

    private static void put(Map<String, Long> hits, String article, long number) {
        if (number > 0) {
            hits.put(article, number);
        }
    }

    /** Each record of the log in its column. */
    Map<String, Long> expectLedger(Instant since, ExpectedViews expected, long records) throws Exception {
        Map<String, Long> must = new TreeMap<>(Map.of(
                "received",
                records,
                "counted",
                expected.allHits(),
                "doubleClicks",
                expected.events() - expected.allHits(),
                "duplicates",
                records - expected.events()));
        Ledger ledger;
        try {
            ledger = Ledger.since(since, statsService);
        } catch (AssertionError e) {
            differences.add("the ledger: " + e.getMessage());
            return Map.of();
        }
        ledger.sums().forEach((column, is) -> {
            if (must.getOrDefault(column, 0L) != is.longValue()) {
                differences.add(
                        "the ledger says %d %s, must be %d".formatted(is, column, must.getOrDefault(column, 0L)));
            }
        });
        return ledger.sums();
    }

    /** What the reconciler finds; empty where there is none. */
    String reconcile() throws IOException, InterruptedException {
        HttpAnswer begun = statsService.post("/api/stats/reconciliations");
        if (begun.status() == 404) {
            return "there is none";
        }
        String location = begun.expect(202).header("Location");
        JsonNode finished = Awaitility.await()
                .atMost(BOUND)
                .until(
                        () -> statsService.get(location).expect(200).json(),
                        answer -> answer.path("state").asString("").equals("finished"));
        JsonNode found = finished.path("differences");
        found.forEach(one -> differences.add("the reconciler found " + one));
        return found.isEmpty() ? "no difference" : found.size() + " differences";
    }
}
