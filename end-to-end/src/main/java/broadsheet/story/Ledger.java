package broadsheet.story;

import static org.assertj.core.api.Assertions.assertThat;

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
public record Ledger(Map<String, Long> sums) {

    private static final String RECEIVED = "received";
    private static final List<String> OUTCOMES =
            List.of("counted", "bots", "automated", "doubleClicks", "duplicates", "late", "invalid", "deadLettered");

    /** Reads it, and checks that every hour adds up. */
    public static Ledger since(Instant from, SiteClient operator) throws IOException, InterruptedException {
        HttpAnswer answer = operator.get("/api/stats/ledger?from=" + from).expect(200);
        JsonNode hours = answer.json().path("items");
        assertThat(hours.isArray()).as("whether there are items in %s", answer).isTrue();
        Map<String, Long> sums = new TreeMap<>();
        for (JsonNode hour : hours) {
            long outcomes = 0;
            for (String outcome : OUTCOMES) {
                outcomes += number(hour, outcome);
                sums.merge(outcome, number(hour, outcome), Long::sum);
            }
            assertThat(number(hour, RECEIVED))
                    .as("what was received in %s", hour)
                    .isEqualTo(outcomes);
            sums.merge(RECEIVED, outcomes, Long::sum);
        }
        JsonNode totals = answer.json().path("totals");
        if (totals.isObject()) {
            for (Map.Entry<String, Long> sum : sums.entrySet()) {
                assertThat(number(totals, sum.getKey()))
                        .as("the total of " + sum.getKey())
                        .isEqualTo(sum.getValue());
            }
        }
        return new Ledger(sums);
    }

    public long of(String name) {
        return sums.getOrDefault(name, 0L);
    }

    /** At least so much more than before in each column; exactly, in all of them, when nobody else reads the site. */
    void expectGrowth(Ledger before, Map<String, Long> growth, boolean alone) {
        for (String column : sums.isEmpty() ? growth.keySet() : sums.keySet()) {
            long expected = before.of(column) + growth.getOrDefault(column, 0L);
            var sum = assertThat(of(column)).as("%s in %s", column, sums);
            if (alone) {
                sum.isEqualTo(expected);
            } else {
                sum.isGreaterThanOrEqualTo(expected);
            }
        }
    }

    private static long number(JsonNode row, String field) {
        assertThat(row.path(field).isIntegralNumber())
                .as("whether '%s' is a number in %s", field, row)
                .isTrue();
        return row.path(field).asLong();
    }
}
