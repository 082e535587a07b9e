package broadsheet.stats.generation;

import java.util.Map;
import java.util.stream.Collectors;
import org.bson.Document;

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
}
