package broadsheet.article;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Which articles are public, and at which version, remembered for a second so that a rush of views of one article does
 * not become a rush of reads of its document; 10,000 at most.
 */
@Component
class PublicArticles {

    private static final Duration REMEMBERED = Duration.ofSeconds(1);
    private static final int MOST = 10_000;

    private final AsyncCache<String, Optional<Long>> versions =
            Caffeine.newBuilder().expireAfterWrite(REMEMBERED).maximumSize(MOST).buildAsync();
    private final Articles articles;

    PublicArticles(Articles articles) {
        this.articles = articles;
    }

    /** Empty for what readers may not know of. */
    Mono<Long> versionOf(String id) {
        return Mono.fromFuture(
                        () -> versions.get(
                                id,
                                (key, executor) -> articles.byId(key)
                                        .filter(Article::isPublic)
                                        .map(article -> Optional.of(article.version()))
                                        .defaultIfEmpty(Optional.empty())
                                        .toFuture()),
                        true)
                .flatMap(Mono::justOrEmpty);
    }
}
