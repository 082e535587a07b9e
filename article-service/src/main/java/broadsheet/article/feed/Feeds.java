package broadsheet.article.feed;

import broadsheet.article.category.Categories;
import broadsheet.article.content.AbsoluteLinks;
import broadsheet.article.content.Content;
import broadsheet.article.site.Site;
import broadsheet.article.store.NewestArticles;
import broadsheet.article.store.NewestArticles.About;
import broadsheet.article.workflow.Article;
import broadsheet.web.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.util.HtmlUtils;
import org.springframework.web.util.UriUtils;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Makes the feeds of the site, of a category and of a tag from their newest articles, as readers see them. */
@Component
@EnableConfigurationProperties(FeedProperties.class)
class Feeds {

    private final NewestArticles newest;
    private final Categories categories;
    private final Site site;
    private final FeedProperties properties;

    Feeds(NewestArticles newest, Categories categories, Site site, FeedProperties properties) {
        this.newest = newest;
        this.categories = categories;
        this.site = site;
        this.properties = properties;
    }

    Mono<Feed> ofSite(FeedFormat format) {
        return feed(new FeedTopic(About.SITE, "", "", "", "/"), format);
    }

    /** A 404 for a category that is unknown. */
    Mono<Feed> ofCategory(String slug, FeedFormat format) {
        return categories
                .bySlug(slug)
                .switchIfEmpty(unknown("category", slug))
                .map(category -> new FeedTopic(About.CATEGORY, slug, category.name(), "/news/" + slug, "/news/" + slug))
                .flatMap(topic -> feed(topic, format));
    }

    /** A 404 for a tag that no public article has. */
    Mono<Feed> ofTag(String tag, FeedFormat format) {
        String folder = "/tag/" + UriUtils.encodePathSegment(tag, StandardCharsets.UTF_8);
        return feed(new FeedTopic(About.TAG, tag, tag, folder, "/"), format)
                .filter(feed -> !feed.entries().isEmpty())
                .switchIfEmpty(unknown("tag", tag));
    }

    private static <T> Mono<T> unknown(String what, String name) {
        return Mono.error(() -> new ProblemException(HttpStatus.NOT_FOUND, "There is no " + what + " '" + name + "'"));
    }

    /** Bodies are made safe and their links absolute beside the event loop. */
    private Mono<Feed> feed(FeedTopic topic, FeedFormat format) {
        return newest.of(topic.about(), topic.name(), properties.entries())
                .collectList()
                .zipWhen(articles -> lastWithdrawal(topic, articles))
                .publishOn(Schedulers.boundedElastic())
                .map(found -> feed(topic, format, found.getT1(), found.getT2()));
    }

    private Mono<Instant> lastWithdrawal(FeedTopic topic, List<Article> articles) {
        Instant since = articles.size() < properties.entries()
                ? Instant.EPOCH
                : articles.get(articles.size() - 1).dates().listed();
        return newest.lastWithdrawal(topic.about(), topic.name(), since).defaultIfEmpty(Instant.EPOCH);
    }

    private Feed feed(FeedTopic topic, FeedFormat format, List<Article> articles, Instant lastWithdrawal) {
        Instant updated = Stream.concat(
                        Stream.of(lastWithdrawal),
                        articles.stream().map(article -> article.dates().updated()))
                .max(Instant::compareTo)
                .orElseThrow();
        return new Feed(
                topic.title().isEmpty() ? site.name() : topic.title() + " – " + site.name(),
                site.requiredAddress(topic.folder() + "/" + format.file()),
                site.requiredAddress(topic.page()),
                site.requiredAddress("/site/icon.svg"),
                hub(topic),
                updated,
                entries(articles));
    }

    /** A hub is told when the site's feed changes, and of no other. */
    private @Nullable String hub(FeedTopic topic) {
        String hub = properties.hub();
        return topic.about() == About.SITE && hub != null && !hub.isBlank() ? hub : null;
    }

    private List<FeedEntry> entries(List<Article> articles) {
        var entries = new ArrayList<FeedEntry>();
        long left = properties.maxBodies().toBytes();
        for (Article article : articles) {
            int size = article.content().body().html().getBytes(StandardCharsets.UTF_8).length;
            boolean fits = size <= left;
            entries.add(entry(article, fits));
            left -= fits ? size : 0;
        }
        return entries;
    }

    private FeedEntry entry(Article article, boolean withBody) {
        Content content = article.content().safe();
        String url = site.requiredAddress(article.url());
        String cover = content.coverImage();
        return new FeedEntry(
                "urn:uuid:" + article.id(),
                url,
                content.title(),
                content.summary() == null ? content.subtitle() : content.summary(),
                withBody ? body(article, content, url) : null,
                article.author().displayName(),
                content.category(),
                content.tags(),
                content.language(),
                cover == null ? null : site.absolute(cover),
                Objects.requireNonNullElse(
                        article.dates().published(), article.dates().listed()),
                article.dates().updated());
    }

    /** What was corrected stands before the text, as readers of a feed may see nothing else. */
    private static String body(Article article, Content content, String url) {
        String html = AbsoluteLinks.in(content.body().html(), url);
        String note = article.dates().correctionNote();
        return note == null ? html : "<p><em>Corrected: " + HtmlUtils.htmlEscape(note, "UTF-8") + "</em></p>\n" + html;
    }
}
