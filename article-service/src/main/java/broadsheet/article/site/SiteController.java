package broadsheet.article.site;

import broadsheet.article.Article;
import broadsheet.article.ArticleFilter;
import broadsheet.article.Articles;
import broadsheet.article.ListedArticle;
import broadsheet.article.category.Categories;
import broadsheet.article.category.Category;
import broadsheet.article.hits.Hits;
import broadsheet.article.view.Views;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The reader's pages, rendered here; the only script they need is the one that counts and refreshes the hits. */
@Controller
class SiteController {

    private static final int ON_HOME = 10;
    private static final int IN_SECTION_ON_HOME = 5;
    private static final int IN_SECTION = 50;

    private final Articles articles;
    private final Categories categories;
    private final Hits hits;
    private final Views views;

    SiteController(Articles articles, Categories categories, Hits hits, Views views) {
        this.articles = articles;
        this.categories = categories;
        this.hits = hits;
        this.views = views;
    }

    @GetMapping("/")
    Mono<Rendering> home() {
        Mono<List<Line>> newest = lines(ArticleFilter.published(null, null), ON_HOME);
        Mono<List<SectionLines>> sections = categories
                .all()
                .concatMap(category -> lines(ArticleFilter.published(category.slug(), null), IN_SECTION_ON_HOME)
                        .map(lines -> new SectionLines(category, lines)))
                .filter(section -> !section.lines().isEmpty())
                .collectList();
        return Mono.zip(newest, sections)
                .map(found -> page("site/home")
                        .modelAttribute("newest", found.getT1())
                        .modelAttribute("sections", found.getT2())
                        .build());
    }

    @GetMapping("/news/{category}")
    Mono<Rendering> section(@PathVariable String category) {
        return categories
                .bySlug(category)
                .zipWhen(section -> lines(ArticleFilter.published(category, null), IN_SECTION))
                .map(found -> page("site/section")
                        .modelAttribute("section", found.getT1())
                        .modelAttribute("lines", found.getT2())
                        .build())
                .defaultIfEmpty(notFound());
    }

    /** The page itself counts no view of a person: its beacon does, once it is seen. */
    @GetMapping("/news/{category}/{slug}")
    Mono<Rendering> article(@PathVariable String category, @PathVariable String slug, ServerWebExchange exchange) {
        return articles.bySlug(slug)
                .filter(Article::isPublic)
                .map(article -> article.content().category().slug().equals(category)
                        ? shown(article, exchange)
                        : Rendering.redirectTo(URI.create(article.url()).toString())
                                .status(HttpStatus.MOVED_PERMANENTLY)
                                .build())
                .defaultIfEmpty(notFound());
    }

    private Rendering shown(Article article, ServerWebExchange exchange) {
        views.crawled(article.id(), article.version(), exchange.getRequest());
        return page("site/article")
                .modelAttribute("article", article)
                .modelAttribute("html", article.content().body().safe().html())
                .modelAttribute("hits", hits.of(article.id()))
                .build();
    }

    private Mono<List<Line>> lines(ArticleFilter filter, int limit) {
        Flux<ListedArticle> newest = articles.list(filter, limit).take(limit);
        return newest.map(article -> new Line(article, hits.of(article.id()).hits()))
                .collectList();
    }

    private static Rendering.Builder<?> page(String template) {
        return Rendering.view(template).header(HttpHeaders.CACHE_CONTROL, "no-cache");
    }

    private static Rendering notFound() {
        return page("site/not-found").status(HttpStatus.NOT_FOUND).build();
    }

    /** An article's line in a list. */
    record Line(ListedArticle article, @Nullable Long hits) {}

    record SectionLines(Category section, List<Line> lines) {}
}
