package broadsheet.article.site;

import broadsheet.article.category.Categories;
import broadsheet.article.category.Category;
import broadsheet.article.store.PublicArticles;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The home page: the newest articles, then each category with its newest that are not among them. */
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
        return entries.list(null, null, NEWEST)
                .flatMap(newest -> entriesByCategory(newest.items())
                        .map(byCategory -> Rendering.view("site/home")
                                .modelAttribute("newest", newest.items())
                                .modelAttribute("categories", byCategory)
                                .build()));
    }

    private Mono<List<CategoryEntries>> entriesByCategory(List<ArticleEntry> newest) {
        Set<String> shown = newest.stream().map(entry -> entry.article().id()).collect(Collectors.toSet());
        return categories
                .all()
                .concatMap(category -> entries.list(category.slug(), null, NEWEST + OF_EACH_CATEGORY)
                        .filter(page -> !page.items().isEmpty())
                        .map(page -> new CategoryEntries(category, notShown(page.items(), shown))))
                .collectList();
    }

    private static List<ArticleEntry> notShown(List<ArticleEntry> entries, Set<String> shown) {
        return entries.stream()
                .filter(entry -> !shown.contains(entry.article().id()))
                .limit(OF_EACH_CATEGORY)
                .toList();
    }

    /** A category with articles, and those of them that are not among the newest of all; perhaps none. */
    record CategoryEntries(Category category, List<ArticleEntry> entries) {}
}
