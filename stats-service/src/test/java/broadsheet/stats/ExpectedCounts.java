package broadsheet.stats;

import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.events.ArticleViewed;
import broadsheet.stats.generation.Generation;
import broadsheet.stats.history.ArticleDays;
import broadsheet.stats.history.ArticleHours;
import broadsheet.stats.history.BotsAndDoubleClicks;
import broadsheet.stats.ledger.LedgerHours;
import broadsheet.stats.total.ArticleTotals;
import com.mongodb.client.model.Filters;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bson.Document;

/** The counts that the store must hold, added up view by view; visitors are exact while they are few. */
public final class ExpectedCounts {

    private static final List<String> COLUMNS =
            List.of("counted", "bots", "doubleClicks", "duplicates", "late", "invalid", "deadLettered");

    private final Map<String, Long> hits = new HashMap<>();
    private final Map<String, Long> bots = new HashMap<>();
    private final Map<String, Long> hourlyBots = new HashMap<>();
    private final Map<String, Long> hourlyDoubleClicks = new HashMap<>();
    private final Map<String, Long> hours = new HashMap<>();
    private final Map<String, Long> minutes = new HashMap<>();
    private final Map<String, Long> days = new HashMap<>();
    private final Map<String, Set<String>> hourVisitors = new HashMap<>();
    private final Map<String, Set<String>> dayVisitors = new HashMap<>();
    private final Map<Instant, Map<String, Long>> ledger = new TreeMap<>();

    public synchronized void counted(ArticleViewed view) {
        add(hits, view.articleId());
        Instant hour = view.occurredAt().truncatedTo(ChronoUnit.HOURS);
        add(hours, view.articleId() + "@" + hour);
        long minute = ChronoUnit.MINUTES.between(hour, view.occurredAt());
        add(minutes, view.articleId() + "@" + hour + "#" + minute);
        hourVisitors
                .computeIfAbsent(view.articleId() + "@" + hour, none -> new HashSet<>())
                .add(view.visitorKey());
        String day = view.articleId() + "@" + view.occurredAt().toString().substring(0, 10);
        add(days, day);
        dayVisitors.computeIfAbsent(day, none -> new HashSet<>()).add(view.visitorKey());
        inLedger("counted", view.receivedAt());
    }

    public synchronized void bot(ArticleViewed view) {
        add(bots, view.articleId());
        add(hourlyBots, view.articleId() + "@" + view.occurredAt().truncatedTo(ChronoUnit.HOURS));
        inLedger("bots", view.receivedAt());
    }

    public synchronized void doubleClick(ArticleViewed view) {
        add(hourlyDoubleClicks, view.articleId() + "@" + view.occurredAt().truncatedTo(ChronoUnit.HOURS));
        inLedger("doubleClicks", view.receivedAt());
    }

    public synchronized void inLedger(String column, Instant receivedAt) {
        add(ledger.computeIfAbsent(receivedAt.truncatedTo(ChronoUnit.HOURS), none -> new HashMap<>()), column);
    }

    public synchronized long received() {
        return ledger.values().stream()
                .map(Map::values)
                .flatMap(Collection::stream)
                .mapToLong(Long::longValue)
                .sum();
    }

    /** All of it, to the last number. */
    public void assertIn(StoredDocuments store) {
        assertIn(store, Generation.FIRST);
    }

    public synchronized void assertIn(StoredDocuments store, int generation) {
        List<Document> totals = store.all(Generation.numbered(ArticleTotals.COLLECTION, generation), Filters.empty());
        assertThat(numbers(totals, "hits")).isEqualTo(hits);
        assertThat(numbers(totals, "bots")).isEqualTo(bots);

        List<Document> hourly = store.all(Generation.numbered(ArticleHours.COLLECTION, generation), Filters.empty());
        assertThat(numbers(hourly, "hits")).isEqualTo(hours);
        assertThat(numbers(hourly, "visitors")).isEqualTo(sizes(hourVisitors));
        Map<String, Long> storedMinutes = new HashMap<>();
        hourly.forEach(hour -> hour.get("minutes", Document.class)
                .forEach((minute, views) -> storedMinutes.put(hour.getString("_id") + "#" + minute, (Long) views)));
        assertThat(storedMinutes).isEqualTo(minutes);

        List<Document> noHits =
                store.all(Generation.numbered(BotsAndDoubleClicks.COLLECTION, generation), Filters.empty());
        assertThat(numbers(noHits, "bots")).isEqualTo(hourlyBots);
        assertThat(numbers(noHits, "doubleClicks")).isEqualTo(hourlyDoubleClicks);

        List<Document> daily = store.all(Generation.numbered(ArticleDays.COLLECTION, generation), Filters.empty());
        assertThat(numbers(daily, "hits")).isEqualTo(days);
        assertThat(numbers(daily, "visitors")).isEqualTo(sizes(dayVisitors));

        assertLedgerIn(store, generation);
    }

    private void assertLedgerIn(StoredDocuments store, int generation) {
        Map<Instant, Map<String, Long>> stored = new TreeMap<>();
        for (Document hour : store.all(Generation.numbered(LedgerHours.COLLECTION, generation), Filters.empty())) {
            Map<String, Long> columns = COLUMNS.stream()
                    .filter(hour::containsKey)
                    .collect(Collectors.toMap(Function.identity(), hour::getLong));
            assertThat(hour.getLong("received"))
                    .as("received in %s", hour.getString("_id"))
                    .isEqualTo(
                            columns.values().stream().mapToLong(Long::longValue).sum());
            stored.put(hour.getDate("start").toInstant(), columns);
        }
        assertThat(stored).isEqualTo(ledger);
    }

    /** Zeros aside, with which a document may say that there are none. */
    private static Map<String, Long> numbers(List<Document> documents, String field) {
        return documents.stream()
                .filter(document -> document.getLong(field) != 0)
                .collect(Collectors.toMap(document -> document.getString("_id"), document -> document.getLong(field)));
    }

    private static Map<String, Long> sizes(Map<String, Set<String>> sets) {
        return sets.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, set ->
                (long) set.getValue().size()));
    }

    private static <K> void add(Map<K, Long> counts, K key) {
        counts.merge(key, 1L, Long::sum);
    }
}
