package broadsheet.stats.counting;

import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.set;

import broadsheet.stats.StatsCollections;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.bson.Document;
import org.bson.conversions.Bson;

/** {@code stats_ledger}: what became of the records that were received in an hour; every record is in here. */
final class LedgerHours implements Counter {

    @Override
    public String collection() {
        return StatsCollections.LEDGER;
    }

    @Override
    public String document(Decided record) {
        return hour(record).toString();
    }

    @Override
    public Bson change(List<Decided> records, Document stored) {
        List<Bson> changes = new ArrayList<>();
        changes.add(set("start", Date.from(hour(records.get(0)))));
        changes.add(inc("received", (long) records.size()));
        Map<Outcome, Long> outcomes =
                records.stream().collect(Collectors.groupingBy(Decided::outcome, Collectors.counting()));
        outcomes.forEach((outcome, count) -> changes.add(inc(outcome.column(), count)));
        return combine(changes);
    }

    private static Instant hour(Decided record) {
        return record.receivedAt().truncatedTo(ChronoUnit.HOURS);
    }
}
