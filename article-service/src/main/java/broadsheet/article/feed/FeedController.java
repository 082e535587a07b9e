package broadsheet.article.feed;

import broadsheet.article.site.Site;
import broadsheet.article.site.SiteDocument;
import broadsheet.article.store.PublicArticles;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The feeds of the site, of each category and of each tag, in three formats. */
@RestController
class FeedController {

    private final Feeds feeds;
    private final Site site;
    private final InstantSource clock;

    FeedController(Feeds feeds, Site site, InstantSource clock) {
        this.feeds = feeds;
        this.site = site;
        this.clock = clock;
    }

    @GetMapping({"/feed.xml", "/news/{category}/feed.xml", "/tag/{tag}/feed.xml"})
    Mono<ResponseEntity<byte[]>> rss(
            @PathVariable(required = false) @Nullable String category,
            @PathVariable(required = false) @Nullable String tag,
            ServerWebExchange exchange) {
        return feed(category, tag, FeedFormat.RSS, exchange);
    }

    @GetMapping({"/atom.xml", "/news/{category}/atom.xml", "/tag/{tag}/atom.xml"})
    Mono<ResponseEntity<byte[]>> atom(
            @PathVariable(required = false) @Nullable String category,
            @PathVariable(required = false) @Nullable String tag,
            ServerWebExchange exchange) {
        return feed(category, tag, FeedFormat.ATOM, exchange);
    }

    @GetMapping({"/feed.json", "/news/{category}/feed.json", "/tag/{tag}/feed.json"})
    Mono<ResponseEntity<byte[]>> json(
            @PathVariable(required = false) @Nullable String category,
            @PathVariable(required = false) @Nullable String tag,
            ServerWebExchange exchange) {
        return feed(category, tag, FeedFormat.JSON, exchange);
    }

    private Mono<ResponseEntity<byte[]>> feed(
            @Nullable String category, @Nullable String tag, FeedFormat format, ServerWebExchange exchange) {
        site.requireAddress();
        return feed(category, tag, format)
                .doOnNext(feed -> PublicArticles.shareList(exchange))
                .map(feed -> new SiteDocument(format.mediaType(), format.write(feed), feed.updated())
                        .answer(exchange, clock.instant()));
    }

    private Mono<Feed> feed(@Nullable String category, @Nullable String tag, FeedFormat format) {
        if (category != null) {
            return feeds.ofCategory(category, format);
        }
        return tag == null ? feeds.ofSite(format) : feeds.ofTag(tag, format);
    }
}
