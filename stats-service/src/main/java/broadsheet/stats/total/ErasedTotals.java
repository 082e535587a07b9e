package broadsheet.stats.total;

import static broadsheet.stats.total.ArticleTotals.BOTS;
import static broadsheet.stats.total.ArticleTotals.COLLECTION;
import static broadsheet.stats.total.ArticleTotals.HITS;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;

import broadsheet.stats.erased.ArticleNumbers;
import broadsheet.stats.erased.ErasedArticles;
import broadsheet.stats.generation.ServedCollections;
import broadsheet.stats.projection.DocumentMove;
import broadsheet.stats.projection.GenerationMoves;
import broadsheet.stats.projection.MovedCounts;
import com.mongodb.client.model.Filters;
import java.util.Collection;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Adds the totals of erased articles up to one, in all generations that there are. */
@Component
public class ErasedTotals implements ArticleNumbers {

    private final ErasedArticles erased;
    private final ServedCollections collections;
    private final GenerationMoves moves;

    ErasedTotals(ErasedArticles erased, ServedCollections collections, GenerationMoves moves) {
        this.erased = erased;
        this.collections = collections;
        this.moves = moves;
    }

    /** How often totals of a generation were moved; empty while one is, of which neither the one nor the other has the counts. */
    public Mono<Long> moves(int generation) {
        return erased.read() // others may move what this instance does not know of yet
                .then(collections.named(COLLECTION, generation))
                .flatMap(totals ->
                        DocumentMove.times(totals, in("_id", erased.all()), eq("_id", ErasedArticles.TOGETHER)));
    }

    @Override
    public Mono<Void> erase(Collection<String> articleIds) {
        return moves.move(COLLECTION, new TotalCounts(), in("_id", articleIds), in("_id", erased.all()));
    }

    /** What a total has counted. */
    private static final class TotalCounts implements MovedCounts {

        @Override
        public Document of(Document from) {
            return hits(from) + bots(from) == 0
                    ? new Document()
                    : new Document(HITS, hits(from)).append(BOTS, bots(from));
        }

        @Override
        public String to(Document from) {
            return ErasedArticles.TOGETHER;
        }

        @Override
        public Document rest(Document from) {
            return new Document("_id", from.get("_id")).append(HITS, 0L).append(BOTS, 0L);
        }

        @Override
        public Bson isUnchanged(Document read) {
            return Filters.empty();
        }

        @Override
        public Document add(Document to, Document counts) {
            return new Document("_id", to.get("_id"))
                    .append(HITS, hits(to) + hits(counts))
                    .append(BOTS, bots(to) + bots(counts));
        }

        private static long hits(Document total) {
            return total.get(HITS, 0L);
        }

        private static long bots(Document total) {
            return total.get(BOTS, 0L);
        }
    }
}
