package broadsheet.article.store;

import broadsheet.article.workflow.Article;
import broadsheet.events.ArticleSnapshot;
import broadsheet.events.ArticleSnapshot.Status;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The version of each article that readers may read, in memory: from {@code news.articles}, and at once from what this
 * instance changes. It takes some 120 bytes for each article that ever was public.
 */
@Component
public class PublicVersions {

    /** Negative for what was withdrawn, so that an event from before it does not bring the article back. */
    private final Map<String, Long> versions = new ConcurrentHashMap<>();

    /** Null for what readers may not know of, and for what is not known here yet: the store knows. */
    public @Nullable Long of(String articleId) {
        Long version = versions.get(articleId);
        return version == null || version < 0 ? null : version;
    }

    void keepNewest(Article article) {
        keepNewest(article.id(), article.status(), article.version());
    }

    void keepNewest(ArticleSnapshot article) {
        keepNewest(article.id(), article.status(), article.version());
    }

    private void keepNewest(String id, Status status, long version) {
        switch (status) {
            case PUBLISHED, CORRECTED -> versions.merge(id, version, PublicVersions::newer);
            case WITHDRAWN -> versions.merge(id, -version, PublicVersions::newer);
            case DRAFT, IN_REVIEW, APPROVED, SCHEDULED -> {} // and so it was before: nothing that was public goes back
        }
    }

    private static Long newer(Long one, Long other) {
        return Math.abs(one) > Math.abs(other) ? one : other;
    }
}
