package broadsheet.article.sitemap;

import broadsheet.article.site.Site;
import broadsheet.article.store.PublicAddress;
import broadsheet.article.store.PublicAddresses;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Names every sitemap of the site; that of an article imported into the past perhaps ten minutes later. */
@Component
class SitemapIndex {

    private static final Duration COUNT_KEPT = Duration.ofMinutes(10);
    private static final int MOST_COUNTS = 10_000;

    private final Cache<YearMonth, Long> counts = Caffeine.newBuilder()
            .expireAfterWrite(COUNT_KEPT)
            .maximumSize(MOST_COUNTS)
            .build();
    private final PublicAddresses addresses;
    private final Site site;
    private final InstantSource clock;

    SitemapIndex(PublicAddresses addresses, Site site, InstantSource clock) {
        this.addresses = addresses;
        this.site = site;
        this.clock = clock;
    }

    Mono<byte[]> write() {
        return changes()
                .flatMap(changes ->
                        months().concatMap(month -> month(month, changes)).collectList())
                .map(months -> {
                    var xml = SitemapXml.ofSitemaps();
                    xml.add(site.requiredAddress("/sitemap-pages.xml"), null);
                    months.forEach(month -> month.addTo(xml, site));
                    return xml.end();
                });
    }

    /** A month with its last change, of all its sitemaps. */
    private record Month(YearMonth month, long articles, Instant changed) {

        void addTo(SitemapXml xml, Site site) {
            int parts = Math.toIntExact((articles + Sitemaps.MOST_ADDRESSES - 1) / Sitemaps.MOST_ADDRESSES);
            IntStream.rangeClosed(1, parts)
                    .mapToObj(part -> new SitemapName(month, part))
                    .forEach(name -> xml.add(site.requiredAddress(name.path()), changed));
        }
    }

    /** When an article of each month was last corrected or withdrawn. */
    private Mono<Map<YearMonth, Instant>> changes() {
        return addresses
                .correctedOrWithdrawn()
                .collect(
                        HashMap::new,
                        (changes, article) -> changes.merge(
                                SitemapName.monthOf(article.dates().listed()),
                                article.dates().changed(),
                                SitemapIndex::later));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** The newest article of each month in which there is one, from month to month by the index. */
    private Flux<PublicAddress> months() {
        return newestBefore(clock.instant().plus(Duration.ofDays(1)))
                .expand(newest -> newestBefore(
                        SitemapName.start(SitemapName.monthOf(newest.dates().listed()))));
    }

    private Mono<PublicAddress> newestBefore(Instant end) {
        return addresses.newest(Instant.EPOCH, end, 1).next();
    }

    private Mono<Month> month(PublicAddress newest, Map<YearMonth, Instant> changes) {
        YearMonth month = SitemapName.monthOf(newest.dates().listed());
        Instant published = newest.dates().changed();
        Instant changed = later(published, changes.getOrDefault(month, published));
        return count(month).map(count -> new Month(month, count, changed));
    }

    /** To count takes long where the store reads each document for it: the past is counted again after a while only. */
    private Mono<Long> count(YearMonth month) {
        boolean isOver = month.isBefore(SitemapName.monthOf(clock.instant()));
        Long known = isOver ? counts.getIfPresent(month) : null;
        return known != null
                ? Mono.just(known)
                : addresses
                        .count(SitemapName.start(month), SitemapName.end(month))
                        .doOnNext(count -> counts.put(month, count));
    }
}
