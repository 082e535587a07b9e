package broadsheet.stats.generation;

import java.util.Set;

/**
 * One count of all views that Kafka has: documents and positions of its own, by one ruleset.
 *
 * @param number 1 is the first
 * @param ruleset the rules by which its views are classified
 * @param projections the names of the projections that it fills
 */
public record Generation(int number, String ruleset, Set<String> projections) {

    public static final int FIRST = 1;

    /** The collection that holds this generation of a projection. */
    public String collection(String projection) {
        return collection(projection, number);
    }

    /** Earlier releases knew one generation, whose collections have no number. */
    static String collection(String projection, int number) {
        return number == FIRST ? projection : projection + "_" + number;
    }

    /** The name of a partition among the positions of this generation. */
    public String position(String partition) {
        return number == FIRST ? partition : number + "/" + partition;
    }
}
