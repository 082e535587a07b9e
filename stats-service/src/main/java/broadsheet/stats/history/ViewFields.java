package broadsheet.stats.history;

import static com.mongodb.client.model.Updates.inc;

import broadsheet.stats.classification.Classification;
import broadsheet.stats.classification.ClassifiedView;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bson.conversions.Bson;

/** The fields of a day that count views, as {@link DayCounts} reads them. */
final class ViewFields {

    private ViewFields() {}

    static List<Bson> hitsByTime(List<ClassifiedView> hits, TimeOfDay unit) {
        return counts(hits, hit -> unit.field() + "." + unit.number(hit.countedAt()));
    }

    /** All but hits that were received in time, by hour and in all; hits that came late are among them. */
    static List<Bson> others(List<ClassifiedView> views) {
        List<ClassifiedView> others = views.stream()
                .filter(view -> view.classification() != Classification.COUNTED)
                .toList();
        List<Bson> changes =
                new ArrayList<>(counts(others, view -> view.classification().column()));
        changes.addAll(counts(
                others,
                view -> DayCounts.BY_HOUR + "." + view.classification().column() + "."
                        + view.countedAt().atOffset(ZoneOffset.UTC).getHour()));
        return changes;
    }

    private static List<Bson> counts(List<ClassifiedView> views, Function<ClassifiedView, String> field) {
        return views.stream().collect(Collectors.groupingBy(field, Collectors.counting())).entrySet().stream()
                .map(count -> inc(count.getKey(), count.getValue()))
                .toList();
    }
}
