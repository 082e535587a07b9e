package broadsheet.article.sitemap;

import broadsheet.article.site.Site;
import broadsheet.article.site.SiteDocument;
import broadsheet.article.store.PublicArticles;
import broadsheet.web.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The sitemaps, which crawlers find by their index, and that by {@code robots.txt}. */
@RestController
class SitemapController {

    private static final MediaType XML = new MediaType(MediaType.APPLICATION_XML, StandardCharsets.UTF_8);

    private final SitemapIndex index;
    private final Sitemaps sitemaps;
    private final Site site;
    private final InstantSource clock;

    SitemapController(SitemapIndex index, Sitemaps sitemaps, Site site, InstantSource clock) {
        this.index = index;
        this.sitemaps = sitemaps;
        this.site = site;
        this.clock = clock;
    }

    @GetMapping("/sitemap.xml")
    Mono<ResponseEntity<byte[]>> index(ServerWebExchange exchange) {
        return answer(index.write(), exchange);
    }

    @GetMapping("/sitemap-pages.xml")
    Mono<ResponseEntity<byte[]>> pages(ServerWebExchange exchange) {
        return answer(sitemaps.ofPages(), exchange);
    }

    @GetMapping("/sitemap-{name}.xml")
    Mono<ResponseEntity<byte[]>> articles(@PathVariable String name, ServerWebExchange exchange) {
        return answer(
                Mono.justOrEmpty(SitemapName.parse(name))
                        .flatMap(sitemaps::ofArticles)
                        .switchIfEmpty(Mono.error(() ->
                                new ProblemException(HttpStatus.NOT_FOUND, "There is no sitemap '" + name + "'"))),
                exchange);
    }

    @GetMapping("/news-sitemap.xml")
    Mono<ResponseEntity<byte[]>> news(ServerWebExchange exchange) {
        return answer(sitemaps.ofNews(), exchange);
    }

    private Mono<ResponseEntity<byte[]>> answer(Mono<byte[]> sitemap, ServerWebExchange exchange) {
        site.requireAddress();
        return sitemap.doOnNext(xml -> PublicArticles.shareList(exchange))
                .map(xml -> new SiteDocument(XML, xml, null).answer(exchange, clock.instant()));
    }
}
