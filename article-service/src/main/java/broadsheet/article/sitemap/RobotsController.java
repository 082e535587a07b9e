package broadsheet.article.sitemap;

import broadsheet.article.site.Site;
import broadsheet.article.site.SiteDocument;
import broadsheet.web.cache.SharedResponses;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/** {@code /robots.txt} (RFC 9309): crawlers may ask for the reader's pages alone, and are told where all of them are. */
@RestController
class RobotsController {

    private static final String RULES = """
            User-agent: *
            Disallow: /api/
            Disallow: /newsroom/
            Disallow: /stats/
            Disallow: /subscriptions/
            Disallow: /unsubscribe/
            """;

    private final Site site;
    private final InstantSource clock;

    RobotsController(Site site, InstantSource clock) {
        this.site = site;
        this.clock = clock;
    }

    @GetMapping("/robots.txt")
    ResponseEntity<byte[]> robots(ServerWebExchange exchange) {
        SharedResponses.share(exchange, "robots");
        String sitemaps = site.hasAddress()
                ? "\nSitemap: " + site.absolute("/sitemap.xml") + "\nSitemap: " + site.absolute("/news-sitemap.xml")
                        + "\n"
                : "";
        var type = new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8);
        return new SiteDocument(type, (RULES + sitemaps).getBytes(StandardCharsets.UTF_8), null)
                .answer(exchange, clock.instant());
    }
}
