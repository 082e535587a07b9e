package broadsheet.stats;

import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.events.ArticleViewed;
import broadsheet.stats.classification.Classification;
import broadsheet.stats.classification.ClassifiedView;
import broadsheet.stats.generation.Generation;
import broadsheet.stats.history.ArticleDays;
import broadsheet.stats.ledger.LedgerHours;
import broadsheet.stats.position.Place;
import broadsheet.stats.store.PackedNumbers;
import broadsheet.stats.total.ArticleTotals;
import broadsheet.stats.visitor.VisitorSketch;
import com.mongodb.client.model.Filters;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.bson.Document;
import org.bson.types.Binary;

/** The counts that the store must hold, added up view by view; visitors are exact while they are few. */
public final class ExpectedCounts {

    private static final List<String> COLUMNS =
            Arrays.stream(Classification.values()).map(Classification::column).toList();

    private final Map<String, Long> hits = new HashMap<>();
    private final Map<String, Long> bots = new HashMap<>();
    private final Map<String, Long> days = new HashMap<>();
    private final Map<String, Long> minutes = new HashMap<>();
    private final Map<String, Long> others = new HashMap<>();
    private final Map<String, Set<String>> hourVisitors = new HashMap<>();
    private final Map<String, Set<String>> dayVisitors = new HashMap<>();
    private final Map<Instant, Map<String, Long>> ledger = new TreeMap<>();

    /** A person's view that counts when it happened. */
    public void counted(ArticleViewed view) {
        add(Classification.COUNTED, view);
    }

    public void bot(ArticleViewed view) {
        add(Classification.BOT, view);
    }

    public void doubleClick(ArticleViewed view) {
        add(Classification.DOUBLE_CLICK, view);
    }

    /** A record that holds a view, in its article's numbers as in the ledger. */
    public void add(Classification classification, ArticleViewed view) {
        add(ClassifiedView.of("any", new Place(0, 0), classification, view));
    }

    public synchronized void add(ClassifiedView classified) {
        inLedger(classified.classification().column(), classified.receivedAt());
        if (classified.view() == null) {
            return;
        }
        ArticleViewed view = classified.opened();
        OffsetDateTime at = classified.countedAt().atOffset(ZoneOffset.UTC);
        String day = view.articleId() + "@" + at.toLocalDate();
        if (classified.isHit()) {
            add(hits, view.articleId());
            add(days, day);
            add(minutes, day + "#" + at.get(ChronoField.MINUTE_OF_DAY));
            visitors(hourVisitors, day + "#" + at.getHour()).add(view.visitorKey());
            visitors(dayVisitors, day).add(view.visitorKey());
        }
        switch (classified.classification()) {
            case COUNTED -> {}
            case BOT, AUTOMATED -> {
                add(bots, view.articleId());
                add(others, other(day, classified, at));
            }
            case LATE, DOUBLE_CLICK, DUPLICATE, INVALID, DEAD_LETTERED -> add(others, other(day, classified, at));
        }
    }

    private static String other(String day, ClassifiedView classified, OffsetDateTime at) {
        return day + "#" + classified.classification().column() + "#" + at.getHour();
    }

    private static Set<String> visitors(Map<String, Set<String>> all, String key) {
        return all.computeIfAbsent(key, none -> new HashSet<>());
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

        List<Document> daily = store.all(Generation.numbered(ArticleDays.COLLECTION, generation), Filters.empty());
        assertThat(numbers(daily, "hits")).isEqualTo(days);
        assertThat(numbers(daily, "visitors")).isEqualTo(sizes(dayVisitors));
        Map<String, Long> storedMinutes = new HashMap<>();
        Map<String, Long> storedOthers = new HashMap<>();
        Map<String, Long> storedVisitors = new HashMap<>();
        for (Document day : daily) {
            String id = day.getString("_id");
            day.get("minutes", new Document())
                    .forEach((minute, views) -> storedMinutes.put(id + "#" + minute, (Long) views));
            day.get("byHour", new Document())
                    .forEach((column, hours) -> ((Document) hours)
                            .forEach((hour, views) -> storedOthers.put(id + "#" + column + "#" + hour, (Long) views)));
            day.get("hours", new Document()).forEach((hour, sketch) -> {
                var visitors = new VisitorSketch(12);
                visitors.addAll(((Binary) sketch).getData());
                storedVisitors.put(id + "#" + hour, visitors.count());
            });
        }
        assertThat(storedMinutes).isEqualTo(minutes);
        assertThat(storedOthers).isEqualTo(others);
        assertThat(storedVisitors).isEqualTo(sizes(hourVisitors));
        assertThat(hitsByChannel(daily)).isEqualTo(days);

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

    private static Map<String, Long> hitsByChannel(List<Document> daily) {
        Map<String, Long> hits = new HashMap<>();
        for (Document day : daily) {
            Document channels = day.get("by", new Document()).get("channel", Document.class);
            if (channels != null) {
                Binary byHour = channels.get("byHour", Binary.class);
                long[] views = PackedNumbers.unpack(byHour, byHour.length());
                hits.put(day.getString("_id"), LongStream.of(views).sum());
            }
        }
        return hits;
    }

    /** Zeros aside, with which a document may say that there are none. */
    private static Map<String, Long> numbers(List<Document> documents, String field) {
        return documents.stream()
                .filter(document -> document.get(field, 0L) != 0)
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
