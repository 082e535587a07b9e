package broadsheet.stats.article;

import broadsheet.events.ArticleSnapshot;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Stores what is told of articles: the newest version of each, and what each version was published under. */
@Component
public class ArticleVersions {

    private final Articles articles;
    private final ArticleRevisions revisions;

    ArticleVersions(Articles articles, ArticleRevisions revisions) {
        this.articles = articles;
        this.revisions = revisions;
    }

    /** In any order, and as often as they come. */
    public Mono<Void> store(Collection<ArticleSnapshot> versions) {
        Map<String, ArticleSnapshot> newest = new HashMap<>();
        versions.forEach(version -> newest.merge(version.id(), version, ArticleVersions::newer));
        return articles.store(newest.values()).then(revisions.store(versions));
    }

    private static ArticleSnapshot newer(ArticleSnapshot one, ArticleSnapshot other) {
        return other.version() > one.version() ? other : one;
    }
}
