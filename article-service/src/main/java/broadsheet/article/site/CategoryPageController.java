package broadsheet.article.site;

import broadsheet.article.category.Categories;
import broadsheet.article.store.ListCursor;
import broadsheet.article.store.PublicArticles;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The page of a category, newest articles first, and on from a cursor. */
@Controller
class CategoryPageController {

    private static final int ENTRIES = 50;

    private final ArticleEntries entries;
    private final Categories categories;

    CategoryPageController(ArticleEntries entries, Categories categories) {
        this.entries = entries;
        this.categories = categories;
    }

    @GetMapping("/news/{category}")
    Mono<Rendering> category(
            @PathVariable String category,
            @RequestParam(required = false) @Nullable String cursor,
            ServerWebExchange exchange) {
        ListCursor after = cursor == null ? null : ListCursor.parse(cursor);
        return categories
                .bySlug(category)
                .switchIfEmpty(PageNotFound.error())
                .zipWhen(known -> entries.list(category, after, ENTRIES))
                .doOnNext(found -> PublicArticles.shareList(exchange))
                .map(found -> Rendering.view("site/category")
                        .modelAttribute("category", found.getT1())
                        .modelAttribute("page", found.getT2())
                        .build());
    }
}
