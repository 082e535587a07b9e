package broadsheet.article.sitemap;

import broadsheet.article.category.Categories;
import broadsheet.article.site.Site;
import broadsheet.article.store.PublicAddress;
import broadsheet.article.store.PublicAddresses;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * The sitemaps of the site: one of its home page and categories, those of each month's articles, and that of news; each
 * small enough for the shared cache.
 */
@Component
class Sitemaps {

    /** The protocol allows 50,000; of the longest addresses so many take some 700 kB. */
    static final int MOST_ADDRESSES = 2_500;

    private static final Duration NEWS_FOR = Duration.ofDays(2);
    private static final int MOST_NEWS = 1_000;
    private static final String LANGUAGE_OF_PAGES_WITHOUT_ONE = "en";

    private final PublicAddresses addresses;
    private final Categories categories;
    private final Site site;
    private final InstantSource clock;

    Sitemaps(PublicAddresses addresses, Categories categories, Site site, InstantSource clock) {
        this.addresses = addresses;
        this.categories = categories;
        this.site = site;
        this.clock = clock;
    }

    /** Empty where there is no such sitemap. */
    Mono<byte[]> ofArticles(SitemapName name) {
        return addresses
                .oldest(
                        SitemapName.start(name.month()),
                        SitemapName.end(name.month()),
                        (name.part() - 1) * MOST_ADDRESSES,
                        MOST_ADDRESSES)
                .collectList()
                .filter(articles -> !articles.isEmpty())
                .map(articles -> {
                    var xml = SitemapXml.ofPages();
                    articles.forEach(article -> xml.add(
                            site.requiredAddress(article.url()), article.dates().changed()));
                    return xml.end();
                });
    }

    Mono<byte[]> ofPages() {
        return categories.all().collectList().map(all -> {
            var xml = SitemapXml.ofPages();
            xml.add(site.requiredAddress("/"), null);
            all.forEach(category -> xml.add(site.requiredAddress("/news/" + category.slug()), null));
            return xml.end();
        });
    }

    /** What was published within two days, at most 1,000; the home page alone where there is nothing, as it may not be empty. */
    Mono<byte[]> ofNews() {
        Instant now = clock.instant();
        return addresses
                .newest(now.minus(NEWS_FOR), now.plus(Duration.ofDays(1)), MOST_NEWS)
                .collectList()
                .map(articles -> {
                    var xml = SitemapXml.ofNews();
                    if (articles.isEmpty()) {
                        xml.add(site.requiredAddress("/"), null);
                    }
                    articles.forEach(article -> xml.add(
                            site.requiredAddress(article.url()), article.dates().changed(), news(article)));
                    return xml.end();
                });
    }

    private SitemapXml.News news(PublicAddress article) {
        String language = article.content().language();
        return new SitemapXml.News(
                site.name(),
                language == null ? LANGUAGE_OF_PAGES_WITHOUT_ONE : GoogleLanguages.of(language),
                article.dates().listed(),
                article.content().title());
    }
}
