package broadsheet.stats.history;

import static broadsheet.stats.history.ArticleDays.ARTICLE_ID;
import static broadsheet.stats.history.ArticleDays.DUE;
import static broadsheet.stats.history.ArticleDays.HITS;
import static broadsheet.stats.history.ArticleDays.START;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;

import broadsheet.stats.classification.Classification;
import broadsheet.stats.erased.ErasedArticles;
import broadsheet.stats.projection.DocumentMove;
import broadsheet.stats.projection.MovedCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * A day of all erased articles together: views, visitors, and where they came from, but not which version was read or which
 * alert was opened. What stays of an article's own day is in no query for days.
 */
final class UnnamedDay implements MovedCounts {

    private static final List<String> SUMMED = Stream.concat(
                    Stream.of(HITS, TimeOfDay.MINUTE.field(), TimeOfDay.QUARTER.field(), DayCounts.BY_HOUR),
                    Stream.of(Classification.values()).map(Classification::column))
            .toList();

    private final HistoryProperties kept;

    UnnamedDay(HistoryProperties kept) {
        this.kept = kept;
    }

    @Override
    public Document of(Document from) {
        var counts = new Document();
        if (from.containsKey(START)) {
            Stream.of(Stream.of(START, DayBreakdown.FIELD), SUMMED.stream(), DayVisitors.FIELDS.stream())
                    .flatMap(fields -> fields)
                    .filter(from::containsKey)
                    .forEach(field -> counts.append(field, from.get(field)));
        }
        return counts;
    }

    @Override
    public String to(Document from) {
        return ArticleDays.documentId(
                ErasedArticles.TOGETHER, from.getDate(START).toInstant());
    }

    @Override
    public Document rest(Document from) {
        return new Document("_id", from.get("_id"))
                .append(ARTICLE_ID, from.get(ARTICLE_ID))
                .append(HITS, 0L);
    }

    @Override
    public Bson isUnchanged(Document read) {
        Object due = read.get(DUE);
        return due == null ? exists(DUE, false) : eq(DUE, due);
    }

    /** Due at a time of its own, so that whoever compacts it sees that it has changed. */
    @Override
    public Document add(Document to, Document counts) {
        Instant start = counts.getDate(START).toInstant();
        Instant due =
                start.plus(Duration.ofDays(1)).plus(kept.minutesKept()).plusMillis(to.getLong(DocumentMove.TIMES));
        DayVisitors visitors = DayVisitors.of(to);
        visitors.add(DayVisitors.of(counts));
        Document sum = new Document("_id", to.get("_id"))
                .append(ARTICLE_ID, ErasedArticles.TOGETHER)
                .append(START, counts.get(START))
                .append(DUE, Date.from(due))
                .append(
                        DayBreakdown.FIELD,
                        DayBreakdown.of(to).addUnnamed(DayBreakdown.of(counts)).toDocument());
        SUMMED.stream()
                .filter(field -> to.containsKey(field) || counts.containsKey(field))
                .forEach(field -> sum.append(field, sum(value(to, field), value(counts, field))));
        sum.putAll(visitors.toDocument());
        return sum;
    }

    private static @Nullable Object value(Document day, String field) {
        return field.equals(TimeOfDay.QUARTER.field())
                ? TimeOfDay.document(TimeOfDay.QUARTER.hits(day))
                : day.get(field);
    }

    private static Object sum(@Nullable Object one, @Nullable Object other) {
        if (one instanceof Document || other instanceof Document) {
            var sum = new Document();
            Stream.of(one, other)
                    .filter(Document.class::isInstance)
                    .map(Document.class::cast)
                    .forEach(part -> part.forEach((key, value) -> sum.put(key, sum(sum.get(key), value))));
            return sum;
        }
        return number(one) + number(other);
    }

    private static long number(@Nullable Object count) {
        return count == null ? 0 : ((Number) count).longValue();
    }
}
