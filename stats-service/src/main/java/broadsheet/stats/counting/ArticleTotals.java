package broadsheet.stats.counting;

import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.unset;

import broadsheet.stats.StatsCollections;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** {@code stats_totals}: hits and bots of an article since ever, and whether its hits are still to be announced. */
final class ArticleTotals implements Counter {

    @Override
    public String collection() {
        return StatsCollections.TOTALS;
    }

    @Override
    public @Nullable String document(Decided record) {
        boolean counts = record.is(Outcome.COUNTED) || record.is(Outcome.BOT);
        return counts && record.view() != null ? record.view().articleId() : null;
    }

    @Override
    public Bson change(List<Decided> records, Document stored) {
        long hits = records.stream().filter(r -> r.is(Outcome.COUNTED)).count();
        List<Bson> changes = new ArrayList<>();
        changes.add(inc("hits", hits));
        changes.add(inc("bots", records.size() - hits));
        if (hits > 0) {
            changes.add(set("unannounced", true));
            changes.add(unset("announcedAt"));
        }
        return combine(changes);
    }
}
