package broadsheet.article.site;

import broadsheet.article.category.Categories;
import broadsheet.article.category.Category;
import broadsheet.article.store.PublicArticles;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The home page: the newest articles, then the newest of each category. */
@Controller
class HomePageController {

    private static final int NEWEST = 10;
    private static final int OF_EACH_CATEGORY = 5;

    private final ArticleEntries entries;
    private final Categories categories;

    HomePageController(ArticleEntries entries, Categories categories) {
        this.entries = entries;
        this.categories = categories;
    }

    @GetMapping("/")
    Mono<Rendering> home(ServerWebExchange exchange) {
        PublicArticles.shareList(exchange);
        return Mono.zip(entries.list(null, null, NEWEST), entriesByCategory())
                .map(found -> Rendering.view("site/home")
                        .modelAttribute("newest", found.getT1().items())
                        .modelAttribute("categories", found.getT2())
                        .build());
    }

    private Mono<List<CategoryEntries>> entriesByCategory() {
        return categories
                .all()
                .concatMap(category -> entries.list(category.slug(), null, OF_EACH_CATEGORY)
                        .map(page -> new CategoryEntries(category, page.items())))
                .filter(category -> !category.entries().isEmpty())
                .collectList();
    }

    record CategoryEntries(Category category, List<ArticleEntry> entries) {}
}
