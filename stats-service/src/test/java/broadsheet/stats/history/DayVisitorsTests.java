package broadsheet.stats.history;

import static broadsheet.stats.history.TestDay.hit;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.stats.classification.ClassifiedView;
import com.mongodb.MongoClientSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.Document;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.DocumentCodec;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.Test;

class DayVisitorsTests {

    private static final Instant DAY = Instant.parse("2026-03-01T00:00:00Z");

    @Test
    void numbersAreReadAsAnEarlierReleaseStoredThem() {
        DayVisitors visitors = DayVisitors.ofNumbers(new Document("day", 4L)
                .append("hours", new Document("3", 2L).append("9", 3L))
                .append("until", new Document("3", 2L).append("9", 4L))
                .append("since", new Document("3", 4L).append("9", 3L)));

        assertThat(visitors.all()).isEqualTo(4);
        assertThat(visitors.within(0, 5)).isEqualTo(2);
        assertThat(visitors.within(4, 24)).isEqualTo(3);
        assertThat(DayVisitors.ofNumbers(visitors.numbers()).within(9, 10)).isEqualTo(3);
    }

    @Test
    void aDayOfEveryZoneStaysWhatItsSketchesSaid() {
        List<ClassifiedView> hits = hits(new Random(1), 300, 40);
        Document day = added(hits, new Document());
        Document merged = applied(DayVisitors.of(day).merge(), day);

        assertThat(merged).doesNotContainKeys("sketch", "hours");
        for (int hour = 0; hour <= 24; hour++) {
            assertThat(DayVisitors.of(day).within(0, hour)).isEqualTo(distinct(hits, 0, hour));
            assertThat(DayVisitors.of(merged).within(0, hour)).isEqualTo(distinct(hits, 0, hour));
            assertThat(DayVisitors.of(merged).within(hour, 24)).isEqualTo(distinct(hits, hour, 24));
        }
        for (int hour = 0; hour < 24; hour++) {
            assertThat(DayVisitors.of(merged).within(hour, hour + 1)).isEqualTo(distinct(hits, hour, hour + 1));
        }
    }

    @Test
    void amidADayOnlyTheSumOfItsHoursIsLeft() {
        Document day = added(List.of(hit("v", DAY, 10), hit("v", DAY, 11), hit("w", DAY, 11)), new Document());

        assertThat(DayVisitors.of(day).within(10, 12)).isEqualTo(2);
        assertThat(DayVisitors.of(applied(DayVisitors.of(day).merge(), day)).within(10, 12))
                .isEqualTo(3);
    }

    @Test
    void whoComesOnceADayIsMergedIsAnotherVisitor() {
        Document merged = mergedOnce(added(List.of(hit("v", DAY, 10)), new Document()));
        Document later = added(List.of(hit("v", DAY, 8), hit("w", DAY, 12)), merged);
        Document mergedAgain = mergedOnce(later);

        for (Document day : List.of(later, mergedAgain)) {
            assertThat(day.getLong("visitors")).isEqualTo(3);
            assertThat(DayVisitors.of(day).all()).isEqualTo(3);
            assertThat(DayVisitors.of(day).within(0, 9)).isEqualTo(1);
            assertThat(DayVisitors.of(day).within(0, 11)).isEqualTo(2);
            assertThat(DayVisitors.of(day).within(9, 24)).isEqualTo(2);
        }
    }

    private static Document mergedOnce(Document day) {
        return applied(DayVisitors.of(day).merge(), day);
    }

    private static List<ClassifiedView> hits(Random random, int count, int visitors) {
        List<ClassifiedView> hits = new ArrayList<>();
        for (int hit = 0; hit < count; hit++) {
            hits.add(hit("v" + random.nextInt(visitors), DAY, random.nextInt(24)));
        }
        return hits;
    }

    private static long distinct(List<ClassifiedView> hits, int from, int to) {
        Set<String> visitors = new HashSet<>();
        for (ClassifiedView hit : hits) {
            if (!hit.countedAt().isBefore(DAY.plusSeconds(from * 3_600L))
                    && hit.countedAt().isBefore(DAY.plusSeconds(to * 3_600L))) {
                visitors.add(hit.opened().visitorKey());
            }
        }
        return visitors.size();
    }

    private static Document added(List<ClassifiedView> hits, Document day) {
        return applied(DayVisitors.add(hits, day), day);
    }

    /** What an update of these fields leaves. */
    private static Document applied(Bson change, Document day) {
        BsonDocument update = change.toBsonDocument(BsonDocument.class, MongoClientSettings.getDefaultCodecRegistry());
        Document changed = new Document(day);
        document(update.getDocument("$set", new BsonDocument())).forEach((field, value) -> {
            String[] path = field.split("\\.", 2);
            if (path.length == 1) {
                changed.put(field, value);
            } else {
                Document inner = new Document(changed.get(path[0], new Document()));
                changed.put(path[0], inner.append(path[1], value));
            }
        });
        update.getDocument("$unset", new BsonDocument()).keySet().forEach(changed::remove);
        return changed;
    }

    private static Document document(BsonDocument bson) {
        return new DocumentCodec()
                .decode(bson.asBsonReader(), DecoderContext.builder().build());
    }
}
