package broadsheet.stats.generation;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.max;
import static com.mongodb.client.model.Updates.set;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * The generation of each projection that is served.
 *
 * @param numbers by projection; the first where none is named
 * @param announcedAs the generation that totals are announced as: higher after each switch, also back to an earlier one
 * @param formerTotals the generation whose totals were served before the last switch; 0 where none is known
 */
public record ServedNumbers(Map<String, Integer> numbers, int announcedAs, int formerTotals) {

    static final String NUMBERS = "numbers";
    static final String ANNOUNCED_AS = "announcedAs";
    static final String FORMER_TOTALS = "formerTotals";

    static final ServedNumbers FIRST = of(new Document());

    static ServedNumbers of(Document stored) {
        Document names = stored.get(NUMBERS, new Document());
        Map<String, Integer> numbers =
                names.keySet().stream().collect(Collectors.toMap(name -> name, names::getInteger));
        int totals = numbers.getOrDefault(ServedGenerations.TOTALS, Generation.FIRST);
        return new ServedNumbers(numbers, stored.getInteger(ANNOUNCED_AS, totals), stored.getInteger(FORMER_TOTALS, 0));
    }

    public int number(String projection) {
        return numbers.getOrDefault(projection, Generation.FIRST);
    }

    /** Whether a newer generation than this is served of one of its projections, or none of its own is yet. */
    public boolean areBefore(Generation generation) {
        return generation.projections().stream().anyMatch(name -> number(name) < generation.number());
    }

    /** Whether something of a generation is served. */
    public boolean include(Generation generation) {
        return generation.projections().stream().anyMatch(name -> number(name) == generation.number());
    }

    /** Each switch of totals announces them anew. */
    Bson areStill() {
        return or(exists(ANNOUNCED_AS, false), eq(ANNOUNCED_AS, announcedAs));
    }

    /** Totals are announced as those of a generation that is newer than all before, or readers would keep the replaced ones. */
    Bson switchTo(Generation generation) {
        Stream<Bson> switched = generation.projections().stream()
                .map(projection -> max(NUMBERS + "." + projection, generation.number()));
        return combine((generation.fills(ServedGenerations.TOTALS)
                        ? Stream.concat(switched, announcing(Math.max(announcedAs + 1, generation.number())))
                        : switched)
                .toList());
    }

    Bson switchBack(Map<String, Integer> replaced) {
        return combine(Stream.concat(
                        replaced.entrySet().stream()
                                .map(former -> set(NUMBERS + "." + former.getKey(), former.getValue())),
                        announcing(announcedAs + 1))
                .toList());
    }

    private Stream<Bson> announcing(int as) {
        return Stream.of(set(ANNOUNCED_AS, as), set(FORMER_TOTALS, number(ServedGenerations.TOTALS)));
    }
}
