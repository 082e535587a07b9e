package broadsheet.article.store;

import broadsheet.article.workflow.Article;
import broadsheet.article.workflow.ArticleProblems;
import broadsheet.events.ArticleSnapshot;
import broadsheet.web.cache.SharedHttpCache;
import broadsheet.web.cache.SharedResponses;
import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * What readers may read, with bodies that are safe today. It is remembered for a second, so that a rush on one article
 * does not become a rush on its document, and no more than some 64 MiB of it; a change made on this instance shows at
 * once, one made on another within that second.
 */
@Component
public class PublicArticles {

    private static final Duration REMEMBERED = Duration.ofSeconds(1);
    private static final Duration MAX_EVENT_DELAY = Duration.ofMinutes(1);
    private static final long MAX_CHARACTERS = 32 << 20;
    private static final int WITHOUT_BODY = 2_000;
    private static final int LONG_BODY = 20_000;

    private final AsyncCache<String, Article> byId = cache();
    private final AsyncCache<String, Article> bySlug = cache();
    private final Cache<String, Long> changedHere =
            Caffeine.newBuilder().expireAfterWrite(MAX_EVENT_DELAY).build();
    private final Articles articles;
    private final SharedHttpCache answers;
    private final PublicVersions versions;

    PublicArticles(Articles articles, SharedHttpCache answers, PublicVersions versions) {
        this.articles = articles;
        this.answers = answers;
        this.versions = versions;
    }

    private static AsyncCache<String, Article> cache() {
        return Caffeine.newBuilder()
                .expireAfterWrite(REMEMBERED)
                .maximumWeight(MAX_CHARACTERS / 2)
                .weigher(PublicArticles::characters)
                .executor(Runnable::run) // to wake another thread takes longer
                .buildAsync();
    }

    private static int characters(String key, Article article) {
        var body = article.content().body();
        return WITHOUT_BODY + body.text().length() + body.html().length();
    }

    /** Empty for what readers may not read. */
    public Mono<Article> byId(String id) {
        return remembered(byId, id, articles.byId(id)).filter(Article::isPublic);
    }

    /** Empty for what readers may not know of; a 410 for what was withdrawn. */
    public Mono<Article> byIdUnlessWithdrawn(String id) {
        return unlessWithdrawn(remembered(byId, id, articles.byId(id)));
    }

    /** By the slug that an article has or had; empty for what readers may not know of, a 410 for what was withdrawn. */
    public Mono<Article> bySlugUnlessWithdrawn(String slug) {
        return unlessWithdrawn(remembered(bySlug, slug, articles.bySlug(slug)));
    }

    /** The same with what was withdrawn, of which readers may know the address, the time and the reason alone. */
    public Mono<Article> bySlugOrWithdrawn(String slug) {
        return remembered(bySlug, slug, articles.bySlug(slug));
    }

    private static Mono<Article> unlessWithdrawn(Mono<Article> known) {
        return known.flatMap(
                article -> article.isPublic() ? Mono.just(article) : Mono.error(ArticleProblems.withdrawn(article)));
    }

    /** Nothing is forgotten of what readers see while staff works on a draft or a correction. */
    public void changed(Article article) {
        if (article.changesWhatReadersSee()) {
            changedHere.put(article.id(), article.version());
            versions.keepNewest(article);
            forget(article.id(), article.slug());
            bySlug.synchronous().invalidateAll(article.earlierSlugs());
        }
    }

    /** A change of this instance comes back as an event: answers made since are not dropped once more. */
    void changedAnywhere(ArticleSnapshot article) {
        Long here = changedHere.getIfPresent(article.id());
        if (here == null || here < article.version()) {
            forget(article.id(), article.slug());
        }
    }

    /** Forgets the article first, so that an answer made after the drop is not made of what is remembered. */
    private void forget(String id, String slug) {
        byId.synchronous().invalidate(id);
        bySlug.synchronous().invalidate(slug);
        answers.drop("article-" + id, "articles");
    }

    /** The index of this instance has what another one wrote. */
    public void searchesChanged() {
        answers.drop("searches");
    }

    /** Articles carry the name of their category. */
    void categoryChanged(String slug) {
        byId.synchronous().invalidateAll();
        bySlug.synchronous().invalidateAll();
        answers.drop("category-" + slug, "articles");
    }

    /** Lets the shared cache keep an answer that shows this article. */
    public static void share(Article article, ServerWebExchange exchange) {
        SharedResponses.share(
                exchange,
                "article-" + article.id(),
                "category-" + article.content().category().slug());
    }

    /** Lets the shared cache keep an answer that lists articles. */
    public static void shareList(ServerWebExchange exchange) {
        SharedResponses.share(exchange, "articles", "categories");
    }

    /** The same for an answer that the index has found. */
    public static void shareSearch(ServerWebExchange exchange) {
        SharedResponses.share(exchange, "articles", "categories", "searches");
    }

    /** What is not there, or not known to readers, is not remembered. */
    private static Mono<Article> remembered(AsyncCache<String, Article> cache, String key, Mono<Article> stored) {
        return Mono.fromFuture(
                () -> cache.get(
                        key,
                        (missing, executor) -> stored.filter(Article::isKnownToReaders)
                                .map(Article::asPublished)
                                .flatMap(PublicArticles::safe)
                                .toFuture()),
                true);
    }

    /** A long body takes its time until it is safe; for a short one another thread would take longer. */
    private static Mono<Article> safe(Article article) {
        return article.content().body().html().length() < LONG_BODY
                ? Mono.just(article.safe())
                : Mono.fromSupplier(article::safe).subscribeOn(Schedulers.boundedElastic());
    }
}
