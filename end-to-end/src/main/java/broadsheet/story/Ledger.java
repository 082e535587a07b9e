package broadsheet.story;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * The sums of the ledger of views since an hour.
 *
 * @param sums by the ledger's own names
 */
record Ledger(Map<String, Long> sums) {

    private static final String RECEIVED = "received";
    private static final List<String> OUTCOMES =
            List.of("counted", "bots", "doubleClicks", "duplicates", "late", "invalid", "deadLettered");

    /** Reads it, and checks that every hour adds up. */
    static Ledger since(Instant from, Site operator) throws IOException, InterruptedException {
        Answer answer = operator.get("/api/stats/ledger?from=" + from).expect(200);
        JsonNode hours = answer.json().path("items");
        Mismatch.unless(hours.isArray(), "items from " + answer.call(), "got " + answer);
        Map<String, Long> sums = new TreeMap<>();
        for (JsonNode hour : hours) {
            long outcomes = 0;
            for (String outcome : OUTCOMES) {
                outcomes += number(hour, outcome);
                sums.merge(outcome, number(hour, outcome), Long::sum);
            }
            Mismatch.unless(
                    number(hour, RECEIVED) == outcomes, "received = the sum of all outcomes", "the hour is " + hour);
            sums.merge(RECEIVED, outcomes, Long::sum);
        }
        JsonNode totals = answer.json().path("totals");
        if (totals.isObject()) {
            for (Map.Entry<String, Long> sum : sums.entrySet()) {
                Mismatch.unlessEqual("the total of " + sum.getKey(), sum.getValue(), number(totals, sum.getKey()));
            }
        }
        return new Ledger(sums);
    }

    long of(String name) {
        return sums.getOrDefault(name, 0L);
    }

    /** At least so much more than before in each column; exactly, in all of them, when nobody else reads the site. */
    void expectGrowth(Ledger before, Map<String, Long> growth, boolean alone) {
        for (String column : sums.isEmpty() ? growth.keySet() : sums.keySet()) {
            long expected = before.of(column) + growth.getOrDefault(column, 0L);
            boolean holds = alone ? of(column) == expected : of(column) >= expected;
            Mismatch.unless(
                    holds, column + " " + (alone ? "" : "at least ") + expected, "was " + of(column) + " in " + sums);
        }
    }

    private static long number(JsonNode row, String field) {
        Mismatch.unless(row.path(field).isIntegralNumber(), "a number '" + field + "'", "the row is " + row);
        return row.path(field).asLong();
    }
}
