package broadsheet.stats.total;

import static broadsheet.stats.total.ArticleTotals.BOTS;
import static broadsheet.stats.total.ArticleTotals.COLLECTION;
import static broadsheet.stats.total.ArticleTotals.HITS;
import static com.mongodb.client.model.Filters.in;

import broadsheet.stats.erased.ArticleNumbers;
import broadsheet.stats.erased.ErasedArticles;
import broadsheet.stats.erased.ErasureProperties;
import broadsheet.stats.generation.Generation;
import broadsheet.stats.generation.Generations;
import broadsheet.stats.generation.ServedCollections;
import broadsheet.stats.position.PartitionPositions;
import broadsheet.stats.projection.DocumentMove;
import com.mongodb.client.model.Filters;
import java.time.InstantSource;
import java.util.Collection;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Adds the totals of erased articles up to one, in all generations that there are. */
@Component
class ErasedTotals implements ArticleNumbers {

    private final Generations generations;
    private final ServedCollections collections;
    private final PartitionPositions positions;
    private final DocumentMove move;

    ErasedTotals(
            Generations generations,
            ServedCollections collections,
            PartitionPositions positions,
            ErasureProperties properties,
            InstantSource clock) {
        this.generations = generations;
        this.collections = collections;
        this.positions = positions;
        this.move = new DocumentMove(new TotalCounts(), properties.fencesKept(), clock);
    }

    @Override
    public Mono<Void> erase(Collection<String> articleIds) {
        return generations
                .kept()
                .filter(generation -> generation.fills(COLLECTION))
                .map(Generation::number)
                .concatMap(number -> positions
                        .of(number)
                        .all()
                        .flatMap(counted -> collections
                                .named(COLLECTION, number)
                                .flatMap(totals -> move.move(totals, in("_id", articleIds), counted))))
                .then();
    }

    /** What a total has counted. */
    private static final class TotalCounts implements DocumentMove.Counts {

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
