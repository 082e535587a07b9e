package broadsheet.article.embed;

import broadsheet.article.site.Site;
import broadsheet.article.site.SiteDocument;
import broadsheet.article.store.PublicArticles;
import broadsheet.article.workflow.Article;
import broadsheet.web.problem.InvalidFieldException;
import broadsheet.web.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Describes the article at an address of the site, for sites that show a link to it. */
@RestController
class OEmbedController {

    private static final Pattern ARTICLE = Pattern.compile("/news/[a-z0-9-]+/([a-z0-9-]+)");

    private final PublicArticles articles;
    private final Site site;
    private final InstantSource clock;

    OEmbedController(PublicArticles articles, Site site, InstantSource clock) {
        this.articles = articles;
        this.site = site;
        this.clock = clock;
    }

    /** The largest sizes change nothing, as there is nothing to frame; 501 for another format, as oEmbed asks. */
    @GetMapping("/oembed")
    Mono<ResponseEntity<byte[]>> embed(
            @RequestParam String url,
            @RequestParam(defaultValue = "json") String format,
            @RequestParam(required = false) @Nullable Integer maxwidth,
            @RequestParam(required = false) @Nullable Integer maxheight,
            ServerWebExchange exchange) {
        site.requireAddress();
        checkSize("maxwidth", maxwidth);
        checkSize("maxheight", maxheight);
        if (!format.equals("json") && !format.equals("xml")) {
            throw new ProblemException(HttpStatus.NOT_IMPLEMENTED, "The format is json or xml, not " + format);
        }
        return Mono.justOrEmpty(slug(url))
                .flatMap(articles::bySlugUnlessWithdrawn)
                .switchIfEmpty(Mono.error(
                        () -> new ProblemException(HttpStatus.NOT_FOUND, "There is no article at this address")))
                .doOnNext(article -> PublicArticles.share(article, exchange))
                .map(article -> document(article, format).answer(exchange, clock.instant()));
    }

    private SiteDocument document(Article article, String format) {
        var embed = new OEmbed(article, site);
        return format.equals("json")
                ? new SiteDocument(MediaType.APPLICATION_JSON, embed.json(), null)
                : new SiteDocument(new MediaType(MediaType.TEXT_XML, StandardCharsets.UTF_8), embed.xml(), null);
    }

    private @Nullable String slug(String url) {
        String path = site.pathOf(url);
        if (path == null) {
            return null;
        }
        Matcher article = ARTICLE.matcher(path);
        return article.matches() ? article.group(1) : null;
    }

    private static void checkSize(String name, @Nullable Integer size) {
        if (size != null && size < 1) {
            throw new InvalidFieldException(name, "must be a number of pixels, 1 or more");
        }
    }
}
