package broadsheet.stats.history;

import static broadsheet.stats.history.ArticleDays.ARTICLE_ID;
import static broadsheet.stats.history.ArticleDays.COLLECTION;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;

import broadsheet.stats.erased.ArticleNumbers;
import broadsheet.stats.erased.ErasedArticles;
import broadsheet.stats.generation.ServedCollections;
import broadsheet.stats.projection.DocumentMove;
import broadsheet.stats.projection.GenerationMoves;
import java.util.Collection;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Adds the days of erased articles up to those of one, in all generations that there are. */
@Component
public class ErasedDays implements ArticleNumbers {

    private final ErasedArticles erased;
    private final ServedCollections collections;
    private final GenerationMoves moves;
    private final UnnamedDay counts;

    ErasedDays(ErasedArticles erased, ServedCollections collections, GenerationMoves moves, HistoryProperties kept) {
        this.erased = erased;
        this.collections = collections;
        this.moves = moves;
        this.counts = new UnnamedDay(kept);
    }

    /** How often days of a generation were moved; empty while one is, of which neither the one nor the other has the counts. */
    public Mono<Long> moves(int generation) {
        return erased.read() // others may move what this instance does not know of yet
                .then(collections.named(COLLECTION, generation))
                .flatMap(days -> DocumentMove.times(
                        days, in(ARTICLE_ID, erased.all()), eq(ARTICLE_ID, ErasedArticles.TOGETHER)));
    }

    @Override
    public Mono<Void> erase(Collection<String> articleIds) {
        return moves.move(COLLECTION, counts, in(ARTICLE_ID, articleIds), in(ARTICLE_ID, erased.all()));
    }
}
