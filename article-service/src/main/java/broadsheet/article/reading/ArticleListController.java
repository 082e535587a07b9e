package broadsheet.article.reading;

import broadsheet.article.hits.Hits;
import broadsheet.article.search.ArticleSearch;
import broadsheet.article.search.FoundArticles;
import broadsheet.article.search.Highlights;
import broadsheet.article.search.SearchSort;
import broadsheet.article.store.ArticleFilter;
import broadsheet.article.store.Articles;
import broadsheet.article.store.ListCursor;
import broadsheet.article.store.ListedArticle;
import broadsheet.article.store.PublicArticles;
import broadsheet.web.paging.Page;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Lists articles, by any filter and in any order; a list never counts views. The store answers what it has an index for,
 * all else the search index does.
 */
@RestController
@RequestMapping("/api/articles")
class ArticleListController {

    private final Articles articles;
    private final ArticleSearch search;
    private final Hits hits;
    private final JsonMapper json;

    ArticleListController(Articles articles, ArticleSearch search, Hits hits, JsonMapper json) {
        this.articles = articles;
        this.search = search;
        this.hits = hits;
        this.json = json;
    }

    @GetMapping
    Mono<Page<ListedResponse>> list(
            @RequestParam(required = false) @Nullable String category,
            @RequestParam(required = false) @Nullable String tag,
            @RequestParam(required = false) @Nullable String author,
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable List<String> status,
            @RequestParam(required = false) @Nullable String sort,
            @RequestParam(required = false) @Nullable List<String> fields,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor,
            @Nullable Authentication session,
            ServerWebExchange exchange) {
        boolean forStaff = session != null;
        int most = Page.limit(limit);
        ListPeriod period = ListPeriod.of(from, to);
        SearchSort order = SearchSort.of(sort, q);
        ListFields shown = ListFields.of(fields);
        long filters = Stream.of(category, tag, author, from, to, status)
                .filter(Objects::nonNull)
                .count();
        boolean storeCan = q == null && order == SearchSort.NEWEST;
        boolean byStore = storeCan && (filters <= 1 || !search.isReady());
        var filter = new ArticleFilter(
                category,
                tag,
                author,
                StatusFilter.of(status, forStaff),
                period.from(),
                period.to(),
                byStore && cursor != null ? ListCursor.parse(cursor) : null);
        if (byStore) {
            if (!forStaff) {
                PublicArticles.shareList(exchange);
            }
            return articles.list(filter, most)
                    .collectList()
                    .map(found ->
                            Page.of(found, most, article -> shown(article, null, shown, forStaff), ListCursor::of));
        }
        if (!forStaff) {
            PublicArticles.shareSearch(exchange);
        }
        return search.find(new ArticleSearch.Request(q, filter, order, cursor, forStaff, most))
                .map(found -> page(found, shown, forStaff));
    }

    private Page<ListedResponse> page(FoundArticles found, ListFields fields, boolean forStaff) {
        return new Page<>(
                found.articles().stream()
                        .map(one -> shown(one.article(), one.highlights(), fields, forStaff))
                        .toList(),
                found.nextCursor());
    }

    private ListedResponse shown(
            ListedArticle article, @Nullable Highlights highlights, ListFields fields, boolean forStaff) {
        return fields.of(ArticleResponse.toList(article, forStaff, hits.of(article.id())), highlights, json);
    }
}
