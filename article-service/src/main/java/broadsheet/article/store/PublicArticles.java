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
    private static final int MAX_SLUGS = 20_000;
    private static final int LONG_BODY = 20_000;

    private final AsyncCache<String, Article> byId = cache();

    /** Not the articles, so that all addresses of one forget it together. */
    private final AsyncCache<String, String> idBySlug = Caffeine.newBuilder()
            .expireAfterWrite(REMEMBERED)
            .maximumSize(MAX_SLUGS)
            .executor(Runnable::run)
            .buildAsync();

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
                .maximumWeight(MAX_CHARACTERS)
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
        return remembered(id).filter(Article::isPublic);
    }

    /** Empty for what readers may not know of; a 410 for what was withdrawn. */
    public Mono<Article> byIdUnlessWithdrawn(String id) {
        return unlessWithdrawn(remembered(id));
    }

    /** By the slug that an article has or had; empty for what readers may not know of, a 410 for what was withdrawn. */
    public Mono<Article> bySlugUnlessWithdrawn(String slug) {
        return unlessWithdrawn(bySlugOrWithdrawn(slug));
    }

    /** The same with what was withdrawn, of which readers may know the address, the time and the reason alone. */
    public Mono<Article> bySlugOrWithdrawn(String slug) {
        return Mono.fromFuture(
                        () -> idBySlug.get(
                                slug,
                                (missing, executor) -> articles.idOfSlug(slug).toFuture()),
                        true)
                .flatMap(this::remembered);
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
        idBySlug.synchronous().invalidate(slug);
        byId.synchronous().invalidate(id);
        answers.drop("article-" + id, "articles");
    }

    /** The index of this instance has what another one wrote. */
    public void searchesChanged() {
        answers.drop("searches");
    }

    /** Articles carry the name of their category. */
    void categoryChanged(String slug) {
        byId.synchronous().invalidateAll();
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
    private Mono<Article> remembered(String id) {
        return Mono.fromFuture(
                () -> byId.get(
                        id,
                        (missing, executor) -> articles.byId(id)
                                .filter(Article::isKnownToReaders)
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
