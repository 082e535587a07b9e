package broadsheet.article.site;

import broadsheet.article.category.Categories;
import broadsheet.article.category.Category;
import broadsheet.article.hits.Hits;
import broadsheet.article.store.ListCursor;
import broadsheet.article.store.PublicArticles;
import broadsheet.article.view.ViewRecorder;
import broadsheet.article.workflow.Article;
import broadsheet.web.problem.ProblemException;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The reader's pages, rendered here; the only script they need is the one that counts and refreshes the hits. */
@Controller
class SiteController {

    private static final int ON_HOME = 10;
    private static final int IN_SECTION_ON_HOME = 5;
    private static final int IN_SECTION = 50;

    private final PublicArticles articles;
    private final ArticleListings lines;
    private final Categories categories;
    private final Hits hits;
    private final ViewRecorder views;

    SiteController(
            PublicArticles articles, ArticleListings lines, Categories categories, Hits hits, ViewRecorder views) {
        this.articles = articles;
        this.lines = lines;
        this.categories = categories;
        this.hits = hits;
        this.views = views;
    }

    @GetMapping("/")
    Mono<Rendering> home() {
        Mono<List<SectionLines>> sections = categories
                .all()
                .concatMap(category -> lines.list(category.slug(), null, IN_SECTION_ON_HOME)
                        .map(listing -> new SectionLines(category, listing.lines())))
                .filter(section -> !section.lines().isEmpty())
                .collectList();
        return Mono.zip(lines.list(null, null, ON_HOME), sections)
                .map(found -> page("site/home")
                        .modelAttribute("newest", found.getT1().lines())
                        .modelAttribute("sections", found.getT2())
                        .build());
    }

    @GetMapping("/news/{category}")
    Mono<Rendering> section(@PathVariable String category, @RequestParam(required = false) @Nullable String cursor) {
        return categories
                .bySlug(category)
                .switchIfEmpty(nothingHere())
                .zipWhen(section -> lines.list(category, cursor == null ? null : ListCursor.parse(cursor), IN_SECTION))
                .map(found -> page("site/section")
                        .modelAttribute("section", found.getT1())
                        .modelAttribute("listing", found.getT2())
                        .build());
    }

    /** The page itself counts no view of a person: its beacon does, once it is seen. */
    @GetMapping("/news/{category}/{slug}")
    Mono<Rendering> article(
            @PathVariable String category,
            @PathVariable String slug,
            @Nullable Authentication session,
            ServerWebExchange exchange) {
        return articles.bySlug(slug)
                .switchIfEmpty(nothingHere())
                .map(article -> article.content().category().slug().equals(category)
                        ? shown(article, session != null, exchange)
                        : Rendering.redirectTo(article.url())
                                .status(HttpStatus.MOVED_PERMANENTLY)
                                .build());
    }

    private Rendering shown(Article article, boolean toStaff, ServerWebExchange exchange) {
        if (!toStaff) {
            views.recordBotInBackground(article.id(), article.version(), exchange.getRequest());
        }
        URI here = exchange.getRequest().getURI();
        String cover = article.content().coverImage();
        return page("site/article")
                .modelAttribute("article", article)
                .modelAttribute("html", article.content().body().html())
                .modelAttribute("hits", hits.of(article.id()))
                .modelAttribute("canonical", here.resolve(article.url()))
                .modelAttribute("image", cover == null ? "" : here.resolve(cover))
                .build();
    }

    private static Rendering.Builder<?> page(String template) {
        return Rendering.view(template).header(HttpHeaders.CACHE_CONTROL, "no-cache");
    }

    private static <T> Mono<T> nothingHere() {
        return Mono.error(() -> new ProblemException(HttpStatus.NOT_FOUND, "There is nothing at this address"));
    }

    record SectionLines(Category section, List<ArticleListings.Line> lines) {}
}
