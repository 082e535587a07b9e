package broadsheet.article.search;

import broadsheet.article.search.FoundArticles.FoundArticle;
import broadsheet.article.search.IndexSearch.Hit;
import broadsheet.article.search.IndexSearch.Hits;
import broadsheet.article.store.ArticleFilter;
import broadsheet.article.store.ListedArticle;
import broadsheet.article.store.StoredArticles;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.lucene.store.AlreadyClosedException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Finds articles by words, by any filter and in any order. The index says which, the store what they are now: what was
 * withdrawn a moment ago is not shown, wherever that was.
 */
@Component
public class ArticleSearch {

    private final CurrentIndex current;
    private final IndexChanges changes;
    private final LocalWrites localWrites;
    private final StoredArticles stored;
    private final IndexSearch search;
    private final RelatedQuery related;
    private final SearchThreads threads;

    ArticleSearch(
            CurrentIndex current,
            IndexChanges changes,
            LocalWrites localWrites,
            StoredArticles stored,
            SearchAnalyzer analyzer,
            SearchThreads threads) {
        this.current = current;
        this.changes = changes;
        this.localWrites = localWrites;
        this.stored = stored;
        this.search = new IndexSearch(analyzer);
        this.related = new RelatedQuery(analyzer);
        this.threads = threads;
    }

    /** What a list asks for. */
    public record Request(
            @Nullable String q,
            ArticleFilter filter,
            SearchSort sort,
            @Nullable String cursor,
            boolean forStaff,
            int limit) {}

    /** Whether it has every article; it has not while a new index is made. */
    public boolean isReady() {
        return current.isOpen() && changes.progress().complete();
    }

    /** Fails with a 503 where the index is not ready or too busy, and a 400 for a query or cursor that is none. */
    public Mono<FoundArticles> find(Request request) {
        return inIndex(index -> index.search(searcher -> search.find(searcher, request)))
                .flatMap(hits -> shown(hits, request.forStaff()));
    }

    /** Published articles with the same tags and words, the most alike first; none for one that is not there. */
    public Mono<List<ListedArticle>> related(String id, int limit) {
        return inIndex(index -> index.search(searcher -> related.find(searcher, id, limit)))
                .flatMap(hits -> shown(hits, false))
                .map(found ->
                        found.articles().stream().map(FoundArticle::article).toList());
    }

    private Mono<Hits> inIndex(Lookup lookup) {
        return localWrites.found().then(threads.search(() -> lookedUp(lookup)));
    }

    private Hits lookedUp(Lookup lookup) {
        if (!isReady()) {
            throw new SearchUnavailable();
        }
        try {
            return lookup.in(current.get());
        } catch (AlreadyClosedException e) {
            throw new SearchUnavailable();
        } catch (IOException e) {
            current.failed(e);
            throw new SearchUnavailable();
        }
    }

    @FunctionalInterface
    private interface Lookup {
        Hits in(SearchIndex index) throws IOException;
    }

    private Mono<FoundArticles> shown(Hits hits, boolean forStaff) {
        return stored.listed(hits.hits().stream().map(Hit::id).toList())
                .filter(article -> forStaff || article.status().isPublic())
                .collectMap(ListedArticle::id)
                .map(articles -> new FoundArticles(shown(hits.hits(), articles, forStaff), hits.nextCursor()));
    }

    private static List<FoundArticle> shown(List<Hit> hits, Map<String, ListedArticle> articles, boolean forStaff) {
        return hits.stream()
                .filter(hit -> articles.containsKey(hit.id()))
                .map(hit -> {
                    ListedArticle article = Objects.requireNonNull(articles.get(hit.id()));
                    return new FoundArticle(article, hit.isOf(article, forStaff) ? hit.highlights() : null);
                })
                .toList();
    }
}
